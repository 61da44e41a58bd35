import { parseSdJwt, processSdJwt, verifySdJwtVc } from '@mikromerit/credentials'
import { openCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'
import { findSigningKeys } from './find-signing-keys.ts'
import { rejected } from './issuance-error.ts'
import type { Receipt, VerifiedCredential } from './receipt.ts'

/** W-16 for an SD-JWT VC. Throws IssuanceError. */
export async function verifySdJwt(
  context: WalletContext,
  { token, vct, issuerIdentifier }: Receipt,
): Promise<VerifiedCredential> {
  const sdJwt = parseSdJwt(token)
  if (!sdJwt.ok) throw rejected(`It is not a well-formed SD-JWT VC (${sdJwt.code}).`)
  // An issuer has no business with a key binding: the presentation is the holder's.
  if (sdJwt.value.keyBindingJwt !== undefined) throw rejected('It comes with a key binding.')
  const processed = processSdJwt(sdJwt.value)
  if (!processed.ok) throw rejected(`Its disclosures do not match (${processed.code}).`)
  const { payload } = processed.value
  if (payload.vct !== vct) throw rejected('It is not of the type that was offered.')
  const { iss } = payload
  if (iss !== undefined && typeof iss !== 'string') throw rejected('Its iss is not a string.')

  const { kid, x5c } = sdJwt.value.jws.header
  const issuer = await findSigningKeys(context, { issuer: iss, kid, x5c, issuerIdentifier })
  const verified = verifySdJwtVc({ token, key: [...issuer.keys], now: context.clock.now() })
  if (!verified.ok) throw rejected(`It does not verify (${verified.code}).`)
  const { cnf } = payload
  const holderKey = cnf === undefined ? undefined : Object(cnf).jwk
  return { opened: openCredential(token), iss, issuer, holderKey }
}

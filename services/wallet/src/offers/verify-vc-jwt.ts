import { findHolderKey, parseVcJwt, verifyVcJwt } from '@mikromerit/credentials'
import { openCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'
import { findSigningKeys } from './find-signing-keys.ts'
import { rejected } from './issuance-error.ts'
import type { Receipt, VerifiedCredential } from './receipt.ts'

/** W-16 for a W3C credential in a JWT. Its contexts are never fetched (S-13). Throws IssuanceError. */
export async function verifyVcJwtOf(
  context: WalletContext,
  { token, types = [], issuerIdentifier }: Receipt,
): Promise<VerifiedCredential> {
  const parsed = parseVcJwt(token)
  if (!parsed.ok) throw rejected(`It is not a well-formed VC-JWT (${parsed.code}).`)
  const { jws, facts } = parsed.value
  if (!types.every((type) => facts.types.includes(type)))
    throw rejected('It is not of the type that was offered.')
  // Terms written out in the credential could mean anything: nobody else would read it as we do.
  if (facts.hasInlineContext) throw rejected('It defines terms of its own in its context.')

  const { kid, x5c } = jws.header
  const issuer = await findSigningKeys(context, {
    issuer: facts.issuer,
    kid,
    x5c,
    issuerIdentifier,
    keyKinds: 'any',
  })
  const verified = verifyVcJwt({ token, keys: issuer.keys, now: context.clock.now() })
  if (!verified.ok) throw rejected(`It does not verify (${verified.code}).`)
  const key = findHolderKey(verified.value)
  return {
    opened: openCredential(token),
    iss: facts.issuer,
    issuer,
    // A cnf that cannot be read is a binding to a key that is not ours.
    holderKey: key ? key.export({ format: 'jwk' }) : jws.payload.cnf,
  }
}

import {
  jwkThumbprint,
  type PublicJwk,
  parsePublicJwk,
  parseSdJwt,
  processSdJwt,
  type SdJwt,
  verifySdJwtVc,
} from '@mikromerit/credentials'
import type { WalletContext } from '../context.ts'
import { findIssuerKeys, type IssuerKeys } from '../issuers/issuer-keys.ts'
import { IssuanceError, unreachableIssuer } from './issuance-error.ts'

export interface VerifiedReceipt {
  readonly payload: Record<string, unknown>
  readonly issuerTrust: IssuerKeys['trust']
  readonly isBound: boolean
}

interface Receipt {
  readonly token: string
  readonly vct: string
  readonly holderKey: PublicJwk
  readonly issuerIdentifier: string
  /** False when the configuration declares credentials without key binding. */
  readonly isBindingExpected: boolean
}

/** W-16: nothing is kept before all of this holds. Throws IssuanceError. */
export async function verifyReceived(
  context: WalletContext,
  receipt: Receipt,
): Promise<VerifiedReceipt> {
  const sdJwt = parseSdJwt(receipt.token)
  if (!sdJwt.ok) throw rejected(`It is not a well-formed SD-JWT VC (${sdJwt.code}).`)
  // An issuer has no business with a key binding: the presentation is the holder's.
  if (sdJwt.value.keyBindingJwt !== undefined) throw rejected('It comes with a key binding.')
  const processed = processSdJwt(sdJwt.value)
  if (!processed.ok) throw rejected(`Its disclosures do not match (${processed.code}).`)
  const { payload } = processed.value
  if (payload.vct !== receipt.vct) throw rejected('It is not of the type that was offered.')

  const issuer = await findKeys(context, sdJwt.value, payload, receipt)
  const verified = verifySdJwtVc({
    token: receipt.token,
    key: [...issuer.keys],
    now: context.clock.now(),
  })
  if (!verified.ok) throw rejected(`It does not verify (${verified.code}).`)
  return {
    payload,
    issuerTrust: issuer.trust,
    isBound: checkBinding(payload.cnf, receipt),
  }
}

async function findKeys(
  context: WalletContext,
  sdJwt: SdJwt,
  payload: Record<string, unknown>,
  receipt: Receipt,
): Promise<IssuerKeys> {
  const { kid, x5c } = sdJwt.jws.header
  const { iss } = payload
  if (iss !== undefined && typeof iss !== 'string') throw rejected('Its iss is not a string.')
  const issuer = await findIssuerKeys(context, {
    issuer: iss,
    kid,
    x5c,
    issuerIdentifier: receipt.issuerIdentifier,
  })
  if (!issuer.ok) {
    if (issuer.code === 'issuer_unreachable') throw unreachableIssuer()
    if (issuer.code === 'issuer_mismatch')
      throw rejected(
        'It names another issuer, and no certificate says that the two belong together.',
      )
    throw new IssuanceError('issuer-untrusted')
  }
  const { REQUIRE_TRUSTED_ISSUERS, NODE_ENV } = context.config
  const isTrustRequired = REQUIRE_TRUSTED_ISSUERS ?? NODE_ENV === 'production'
  if (issuer.trust === 'undetermined' && isTrustRequired)
    throw issuer.isForNow ? unreachableIssuer() : new IssuanceError('issuer-untrusted')
  return issuer
}

/** Whether the credential is bound to our key; bound to another one it is worthless to the holder. */
function checkBinding(cnf: unknown, receipt: Receipt): boolean {
  if (cnf === undefined && !receipt.isBindingExpected) return false
  const jwk = parsePublicJwk(Object(cnf).jwk)
  if (!jwk.ok || jwkThumbprint(jwk.value) !== jwkThumbprint(receipt.holderKey))
    throw rejected('It is not bound to the key of this wallet.')
  return true
}

const rejected = (detail: string): IssuanceError =>
  new IssuanceError('credential-rejected', { detail })

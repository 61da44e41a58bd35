import { jwkThumbprint, parsePublicJwk } from '@mikromerit/credentials'
import type { OpenCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'
import type { IssuerKeys } from '../issuers/issuer-keys.ts'
import { checkStatus } from '../statuses/check-status.ts'
import type { StoredStatus } from '../statuses/stored-status.ts'
import { rejected } from './issuance-error.ts'
import type { Receipt } from './receipt.ts'
import { verifySdJwt } from './verify-sd-jwt.ts'
import { verifyVcJwtOf } from './verify-vc-jwt.ts'

export interface VerifiedReceipt {
  readonly opened: OpenCredential
  /** `iss` or `issuer` of the credential. */
  readonly iss: string | undefined
  readonly issuerTrust: IssuerKeys['trust']
  readonly isBound: boolean
  readonly status: StoredStatus
}

/** W-16: nothing is kept before all of this holds. Throws IssuanceError. */
export async function verifyReceived(
  context: WalletContext,
  receipt: Receipt,
): Promise<VerifiedReceipt> {
  const verify = receipt.types ? verifyVcJwtOf : verifySdJwt
  const { opened, iss, issuer, holderKey } = await verify(context, receipt)
  const isBound = checkBinding(holderKey, receipt)
  const status = await checkStatus(context, {
    opened,
    issuer: iss ?? receipt.issuerIdentifier,
    issuerTrust: issuer.trust,
    age: 'kept',
  })
  // Unknown is no reason to refuse what the learner has earned; what is withdrawn already is.
  if (status.state === 'revoked') throw rejected('It has been revoked already.')
  return { opened, iss, issuerTrust: issuer.trust, isBound, status }
}

/** Whether the credential is bound to our key; bound to another one it is worthless to the holder. */
function checkBinding(holderKey: unknown, receipt: Receipt): boolean {
  if (holderKey === undefined && !receipt.isBindingExpected) return false
  const jwk = parsePublicJwk(holderKey)
  if (!jwk.ok || jwkThumbprint(jwk.value) !== jwkThumbprint(receipt.holderKey))
    throw rejected('It is not bound to the key of this wallet.')
  return true
}

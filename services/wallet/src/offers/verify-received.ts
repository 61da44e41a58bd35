import { jwkThumbprint, parseJson, parsePublicJwk } from '@mikromerit/credentials'
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
  const { opened, iss, issuer, confirmation } = await verify(context, receipt)
  const isBound = checkBinding(confirmation, opened, receipt)
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
function checkBinding(cnf: unknown, { vc }: OpenCredential, receipt: Receipt): boolean {
  const subject = vc && readSubjectKey(vc.facts.subjectId)
  const given = cnf === undefined ? subject : Object(cnf).jwk
  if (given === undefined && !receipt.isBindingExpected) return false
  const jwk = parsePublicJwk(given)
  if (!jwk.ok || jwkThumbprint(jwk.value) !== jwkThumbprint(receipt.holderKey))
    throw rejected('It is not bound to the key of this wallet.')
  return true
}

/** A W3C credential may name its holder's key as the subject: `did:jwk` is the key itself. */
function readSubjectKey(subjectId: string | undefined): unknown {
  if (!subjectId?.startsWith('did:jwk:')) return undefined
  const [encoded = ''] = subjectId.slice('did:jwk:'.length).split('#')
  const jwk = parseJson(Buffer.from(encoded, 'base64url').toString())
  return jwk.ok ? jwk.value : null
}

import { type CheckResult, invalid, undetermined, valid } from '@mikromerit/credentials'
import type { SignatureOutcome } from '@mikromerit/exchange'

/** Who sealed a file, as the certificate names it. */
export interface Sealer {
  readonly identifier: string
  readonly name?: string
}

/** Whether the certificate of an XML signature leads to a trust anchor. */
export function checkSealer({ status, reason, signer }: SignatureOutcome): CheckResult<true> {
  if (status === 'verified' || status === 'weak')
    return valid('issuer_key_found', {
      value: true,
      evidence: { via: 'xml_signature', thumbprint: signer?.thumbprint },
    })
  if (reason === 'certificate_expired') return undetermined('issuer_certificate_period')
  return undetermined('issuer_untrusted')
}

/** Whether the file is what was sealed. */
export function checkSealSignature({ status, reason }: SignatureOutcome): CheckResult<true> {
  const cause = reason === undefined ? {} : { cause: reason }
  if (status === 'verified') return valid('signature_valid', { value: true })
  if (status === 'invalid') return invalid('signature_invalid', cause)
  if (status === 'unsigned') return undetermined('unsigned')
  if (status === 'weak') return undetermined('signature_weak')
  return reason === 'algorithm_unsupported'
    ? undetermined('algorithm_unsupported', cause)
    : undetermined('signature_not_checked', cause)
}

/** Its own address where the certificate has one, else its host, else its name. */
export function nameSealer({ signer }: SignatureOutcome): Sealer | undefined {
  if (!signer) return undefined
  const { dns, uris } = signer.names
  const [host] = dns
  const name = /^CN=(.+)$/m.exec(signer.subject)?.[1]
  const identifier = uris[0] ?? (host === undefined ? signer.subject : `https://${host}`)
  return { identifier, ...(name !== undefined && { name }) }
}

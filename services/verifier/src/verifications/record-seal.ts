import {
  type CheckResult,
  importPublicJwk,
  invalid,
  undetermined,
  valid,
} from '@mikromerit/credentials'
import { nameSealer, type SignatureOutcome } from '@mikromerit/exchange'
import type { TrustRegistry } from '../trust/registry.ts'

/** Whether the certificate of an XML signature leads to a trust anchor, and to no other key than the registry holds. */
export async function checkSealer(
  signature: SignatureOutcome,
  trust: Pick<TrustRegistry, 'findIssuer'>,
): Promise<CheckResult<true>> {
  const { status, reason, signer } = signature
  const sealer = nameSealer(signature)
  if (signer && sealer && (status === 'verified' || status === 'weak')) {
    // V-17: keys in the registry exclude all others, whatever a certificate says.
    const entry = await trust.findIssuer(sealer.identifier)
    if (entry?.keys && !entry.keys.some((key) => importPublicJwk(key).equals(signer.publicKey)))
      return invalid('issuer_mismatch', { issuer: sealer.identifier })
    return valid('issuer_key_found', {
      value: true,
      evidence: {
        issuer: sealer.identifier,
        via: 'xml_signature',
        thumbprint: signer.thumbprint,
      },
    })
  }
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

import type { KeyObject, X509Certificate } from 'node:crypto'
import { verifyCertificatePath } from '@mikromerit/credentials'

export type TrustFault = 'certificate_untrusted' | 'certificate_expired'

export interface Trust {
  /** Certificates of signers or of authorities, from configuration, never from the file. */
  readonly anchors: readonly X509Certificate[]
  readonly at: Date
}

/**
 * Why a signer's certificate is not trusted; undefined when it is: it is an anchor itself, as EMREX registers them, or
 * a path of certificates leads from it to an anchor (RFC 5280).
 */
export function findTrustFault(
  signer: X509Certificate,
  others: readonly X509Certificate[],
  { anchors, at }: Trust,
): TrustFault | undefined {
  const isAnchor = (certificate: X509Certificate) =>
    anchors.some(({ raw }) => raw.equals(certificate.raw))
  if (isAnchor(signer)) {
    const isValid = signer.validFromDate <= at && at <= signer.validToDate
    return isValid ? undefined : 'certificate_expired'
  }
  // Files often hold the anchor too; that proves nothing, and a path must not contain it.
  const chain = [signer, ...others.filter((certificate) => !isAnchor(certificate))]
  const x5c = chain.map(({ raw }) => raw.toString('base64'))
  try {
    const path = verifyCertificatePath({ x5c, anchors, at, acceptsLeafKey: isSealKey })
    if (path.ok) return undefined
    return path.code === 'x5c_expired' ? 'certificate_expired' : 'certificate_untrusted'
  } catch {
    return 'certificate_untrusted' // a certificate of the path whose key cannot be read
  }
}

const isSealKey = ({ asymmetricKeyType }: KeyObject): boolean =>
  asymmetricKeyType === 'rsa' || asymmetricKeyType === 'ec'

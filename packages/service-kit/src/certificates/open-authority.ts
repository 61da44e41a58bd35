import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type CertificateAuthority, createAuthority } from './authority.ts'
import { openDevelopmentAnchor, openDevelopmentAuthority } from './development-authority.ts'
import { splitPem } from './pem.ts'

/** What of a service's configuration decides whose certificates it issues and trusts. */
export interface CertificateConfig {
  readonly NODE_ENV?: string | undefined
  readonly DATA_DIR: string
  readonly ISSUING_CA_CERTIFICATE_FILE?: string | undefined
  readonly ISSUING_CA_KEY_FILE?: string | undefined
  readonly TRUST_ANCHORS_FILE?: string | undefined
}

/** The authority that certifies our keys: from the configured files, in development one of our own. */
export async function openCertificateAuthority(
  config: CertificateConfig,
): Promise<CertificateAuthority> {
  const { ISSUING_CA_CERTIFICATE_FILE: certificate, ISSUING_CA_KEY_FILE: key } = config
  if (certificate !== undefined && key !== undefined)
    return createAuthority(await readFile(certificate, 'utf8'), await readFile(key, 'utf8'))
  if (config.NODE_ENV === 'production')
    throw new Error('ISSUING_CA_CERTIFICATE_FILE and ISSUING_CA_KEY_FILE must be set in production')
  return openDevelopmentAuthority(config.DATA_DIR)
}

/** Whom we trust: the certificates of TRUST_ANCHORS_FILE, in development also our own anchor. */
export async function loadTrustAnchors(config: CertificateConfig): Promise<X509Certificate[]> {
  const { TRUST_ANCHORS_FILE: file } = config
  const configured = file === undefined ? [] : splitPem(await readFile(file, 'utf8'))
  if (file !== undefined && configured.length === 0)
    throw new Error('TRUST_ANCHORS_FILE holds no certificate')
  const own = config.NODE_ENV === 'production' ? [] : [await openDevelopmentAnchor(config.DATA_DIR)]
  return [...own, ...configured].map((pem) => new X509Certificate(pem))
}

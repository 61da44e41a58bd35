import 'reflect-metadata'
import { KeyObject, webcrypto } from 'node:crypto'
import { X509CertificateGenerator } from '@peculiar/x509'

/** A P-256 key with a certificate that nobody vouches for, as base64 DER. */
export async function selfSign(): Promise<{ certificate: string; privateKey: KeyObject }> {
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Okänd utfärdare',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2030-01-01T00:00:00Z'),
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  })
  return {
    certificate: certificate.toString('base64'),
    privateKey: KeyObject.from(keys.privateKey),
  }
}

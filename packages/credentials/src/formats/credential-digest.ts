import { hash } from 'node:crypto'

/**
 * Names a credential exactly, whatever is disclosed of it: the SHA-256 of what its issuer signed (the issuer-signed JWT
 * of an SD-JWT VC, the whole of a VC-JWT), written as Subresource Integrity. Wholes name their parts by it.
 */
export function digestCredential(credential: string): string {
  const [signed = ''] = credential.split('~', 1)
  return `sha256-${hash('sha256', signed, 'base64')}`
}

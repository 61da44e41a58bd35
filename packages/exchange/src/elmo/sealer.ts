import type { MicroCredential } from '@mikromerit/credentials'
import type { SignatureOutcome } from '../xml-signature/verify-signature.ts'

/** Who sealed a file, as the certificate names it. */
export interface Sealer {
  readonly identifier: string
  readonly name?: string
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

/**
 * What a sealed file says, with who answers for it as its issuer: whoever the file names as issuer is who decided the
 * award, in the sealer's words, and may never have heard of it.
 */
export const sealedBy = (content: MicroCredential, sealer: Sealer): MicroCredential => ({
  ...content,
  issuer: sealer,
  awardingBodies: content.awardingBodies ?? [content.issuer],
})

import type { KeyObject, X509Certificate } from 'node:crypto'
import { verifyCertificatePath } from '../jose/certificates.ts'
import { type Jws, verifyJws } from '../jose/jws.ts'

/** Wallet providers whose word about their wallets is believed: by certificate, or by key. */
export interface TrustedAttesters {
  readonly anchors: readonly X509Certificate[]
  /** Keys of attesters known without certificate. */
  readonly keys?: readonly KeyObject[]
}

/** Whether a trusted attester signed this: by its `x5c` where there is one, else by a configured key (I-26). */
export function isSignedByAttester(jws: Jws, trusted: TrustedAttesters, at: Date): boolean {
  const { x5c } = jws.header
  if (x5c === undefined) return (trusted.keys ?? []).some((key) => verifyJws(jws, key))
  const path = verifyCertificatePath({ x5c, anchors: trusted.anchors, at })
  return path.ok && verifyJws(jws, path.value.leaf.publicKey)
}

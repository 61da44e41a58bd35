import { createPublicKey, hash, randomBytes, sign, verify } from 'node:crypto'
import { decodeBase64url, encodeBase64url } from '@mikromerit/credentials'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import type { SampleKey } from './sample.ts'

const signature = { dsaEncoding: 'ieee-p1363' } as const

/**
 * The library with the fastest cryptography it can be given: node:crypto with keys parsed beforehand, so
 * that what is compared is the work around the signatures.
 */
export const createLibrary = ({ privateKey, publicKey }: SampleKey): SDJwtVcInstance =>
  new SDJwtVcInstance({
    signAlg: 'ES256',
    signer: (text) =>
      encodeBase64url(sign('sha256', Buffer.from(text), { key: privateKey, ...signature })),
    verifier: (text, encoded) =>
      verify('sha256', Buffer.from(text), { key: publicKey, ...signature }, toBytes(encoded)),
    kbVerifier: (text, encoded, payload) => {
      const { cnf } = payload
      if (!cnf) return false
      const key = createPublicKey({ key: { ...cnf.jwk }, format: 'jwk' })
      return verify('sha256', Buffer.from(text), { key, ...signature }, toBytes(encoded))
    },
    hasher: (data) => hash('sha256', typeof data === 'string' ? data : Buffer.from(data), 'buffer'),
    hashAlg: 'sha-256',
    saltGenerator: (length) => randomBytes(length).toString('base64url'),
  })

const toBytes = (encoded: string): Buffer => decodeBase64url(encoded) ?? Buffer.alloc(0)

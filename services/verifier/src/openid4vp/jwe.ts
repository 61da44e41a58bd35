import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  diffieHellman,
  randomBytes,
  type webcrypto,
} from 'node:crypto'
import {
  accept,
  decodeBase64url,
  encodeBase64url,
  generateSigningKey,
  importPublicJwk,
  type PublicJwk,
  parseJsonObject,
  parsePublicJwk,
  type Result,
  refuse,
} from '@mikromerit/credentials'

/** HAIP 1.0, section 5: a verifier supports both. */
export const contentEncryptions = ['A128GCM', 'A256GCM'] as const
export type ContentEncryption = (typeof contentEncryptions)[number]

const keyBytes: Readonly<Record<ContentEncryption, number>> = { A128GCM: 16, A256GCM: 32 }

/** A private key on P-256 that answers to one request are encrypted to. */
export interface DecryptionKey {
  readonly kid: string
  readonly privateJwk: webcrypto.JsonWebKey
}

type Decrypted = Result<
  Record<string, unknown>,
  'jwe_malformed' | 'jwe_not_allowed' | 'jwe_undecryptable'
>

const ciphers = { A128GCM: 'aes-128-gcm', A256GCM: 'aes-256-gcm' } as const

/** Twenty European Digital Credentials with their pictures, each in a presentation of its own. */
export const maxResponseLength = 2_097_152

/**
 * Decrypts a compact JWE (RFC 7516) with ECDH-ES direct agreement, the one thing we offer; whatever else
 * the header says is refused before any cryptography is done (V-08). Answers the JSON object inside.
 */
export function decryptJwe(token: string, key: DecryptionKey): Decrypted {
  const [encodedHeader, encryptedKey, ...encoded] =
    token.length > maxResponseLength ? [] : token.split('.')
  const [iv, ciphertext, tag, ...rest] = encoded.map(decodeBase64url)
  const headerBytes = encodedHeader ? decodeBase64url(encodedHeader) : undefined
  if (!encodedHeader || !headerBytes || !iv || !ciphertext || !tag || rest.length > 0)
    return refuse('jwe_malformed', 'The response is not a compact JWE.')
  const header = parseJsonObject(headerBytes.toString('utf8'))
  if (!header.ok) return refuse('jwe_malformed', 'The JWE header is not a JSON object.')
  const agreed = agreeKey(header.value, key)
  if (!agreed.ok) return agreed
  // RFC 7518 4.6: with direct agreement there is no encrypted key. RFC 7518 5.3: 96 and 128 bits.
  if (encryptedKey !== '' || iv.length !== 12 || tag.length !== 16)
    return refuse('jwe_malformed', 'A part of the JWE has the wrong length.')
  const plaintext = open(agreed.value, { iv, ciphertext, tag, aad: encodedHeader })
  if (!plaintext) return refuse('jwe_undecryptable', 'The response cannot be decrypted.')
  const payload = parseJsonObject(plaintext.toString('utf8'))
  return payload.ok ? payload : refuse('jwe_malformed', 'The response holds no JSON object.')
}

interface AgreedKey {
  readonly secret: Buffer
  readonly enc: ContentEncryption
}

function agreeKey(
  header: Readonly<Record<string, unknown>>,
  key: DecryptionKey,
): Result<AgreedKey, 'jwe_not_allowed' | 'jwe_malformed'> {
  const { alg, enc, kid, apu = '', apv = '' } = header
  const contentEncryption = contentEncryptions.find((offered) => offered === enc)
  if (alg !== 'ECDH-ES' || !contentEncryption || 'zip' in header || 'crit' in header)
    return refuse('jwe_not_allowed', 'The response is encrypted in a way that was not offered.')
  // OpenID4VP 8.3: the kid of the key we gave must be repeated.
  if (kid !== key.kid) return refuse('jwe_not_allowed', 'The response is encrypted to another key.')
  const epk = parsePublicJwk(header.epk)
  const parties = [apu, apv].map((info) =>
    typeof info === 'string' ? decodeBase64url(info) : undefined,
  )
  const [partyU, partyV] = parties
  if (!epk.ok || !partyU || !partyV)
    return refuse('jwe_malformed', 'The JWE header holds no usable ephemeral key.')
  const shared = diffieHellman({
    privateKey: createPrivateKey({ key: key.privateJwk, format: 'jwk' }),
    publicKey: importPublicJwk(epk.value),
  })
  const secret = deriveKey(shared, contentEncryption, [partyU, partyV])
  return accept({ secret, enc: contentEncryption })
}

/** Encrypts a text to a public key on P-256, in the one way we also decrypt. */
export function encryptJwe(
  text: string,
  { key, enc, ...header }: { key: PublicJwk; enc: ContentEncryption; typ?: string; cty?: string },
): string {
  const { privateKey, publicJwk: epk } = generateSigningKey()
  const shared = diffieHellman({ privateKey, publicKey: importPublicJwk(key) })
  const secret = deriveKey(shared, enc, [Buffer.alloc(0), Buffer.alloc(0)])
  const kid = key.kid === undefined ? {} : { kid: key.kid }
  const aad = encodeBase64url(JSON.stringify({ alg: 'ECDH-ES', enc, ...header, ...kid, epk }))
  const iv = randomBytes(12)
  const cipher = createCipheriv(ciphers[enc], secret, iv, { authTagLength: 16 })
  cipher.setAAD(Buffer.from(aad, 'ascii'))
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final()])
  const parts = [iv, ciphertext, cipher.getAuthTag()].map(encodeBase64url)
  return [aad, '', ...parts].join('.')
}

/** RFC 7518 4.6.2: one round of Concat KDF, which SHA-256 covers for keys of up to 256 bits. */
function deriveKey(shared: Buffer, enc: ContentEncryption, parties: readonly Buffer[]): Buffer {
  const hash = createHash('sha256').update(uint32(1)).update(shared)
  for (const info of [Buffer.from(enc), ...parties]) hash.update(uint32(info.length)).update(info)
  return hash
    .update(uint32(keyBytes[enc] * 8))
    .digest()
    .subarray(0, keyBytes[enc])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function open(
  { secret, enc }: AgreedKey,
  { iv, ciphertext, tag, aad }: { iv: Buffer; ciphertext: Buffer; tag: Buffer; aad: string },
): Buffer | undefined {
  const decipher = createDecipheriv(ciphers[enc], secret, iv, { authTagLength: 16 })
  decipher.setAAD(Buffer.from(aad, 'ascii')).setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()])
  } catch {
    return undefined
  }
}

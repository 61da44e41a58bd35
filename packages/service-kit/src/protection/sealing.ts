import { createCipheriv, createDecipheriv, createHmac, hkdfSync, type KeyObject } from 'node:crypto'
import { takeRandomBytes } from '@mikromerit/credentials'

/**
 * The layout of everything sealed:
 * version (1 byte) · key id (4) · salt (16) · nonce (12) · ciphertext · tag (16).
 *
 * AES-256-GCM under a key made of the salt, so that random nonces never run out: with 28 random bytes a
 * key may seal any number of messages (the idea of XAES-256-GCM, C2SP). Version, key id and the
 * caller's context are authenticated with it.
 */
const version = 1
const idLength = 4
const saltEnd = 1 + idLength + 16
const bodyStart = saltEnd + 12
const tagLength = 16

/** One 256-bit key that seals, and the id by which what it sealed is recognised. */
export interface SealingKey {
  readonly id: Buffer
  readonly secret: Buffer
}

/** Sealed bytes that do not open: tampered with, of another context, or under a key we do not have. */
export class SealError extends Error {
  override readonly name = 'SealError'

  constructor() {
    super('Sealed data could not be opened')
  }
}

/** A key for one purpose from a secret (HKDF-SHA-256, RFC 5869): what one purpose sealed, no other opens. */
export function deriveSealingKey(secret: Buffer | KeyObject, purpose: string): SealingKey {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', `mikromerit ${purpose}`, 32 + idLength))
  return { secret: bytes.subarray(0, 32), id: bytes.subarray(32) }
}

export function seal(key: SealingKey, plaintext: Buffer, context: string): Buffer {
  const head = Buffer.allocUnsafe(bodyStart)
  head.writeUInt8(version, 0)
  key.id.copy(head, 1)
  takeRandomBytes(bodyStart - 1 - idLength).copy(head, 1 + idLength)
  const cipher = createCipheriv('aes-256-gcm', messageKey(key, head), head.subarray(saltEnd))
  cipher.setAAD(authenticated(head, context))
  return Buffer.concat([head, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** Opens with whichever of the keys sealed it. Throws SealError, always the same one. */
export function open(keys: readonly SealingKey[], sealed: Buffer, context: string): Buffer {
  const head = sealed.subarray(0, bodyStart)
  const key = keys.find(({ id }) => id.equals(head.subarray(1, 1 + idLength)))
  if (sealed.length < bodyStart + tagLength || head.readUInt8(0) !== version || !key)
    throw new SealError()
  const decipher = createDecipheriv('aes-256-gcm', messageKey(key, head), head.subarray(saltEnd), {
    authTagLength: tagLength,
  })
  decipher.setAAD(authenticated(head, context))
  decipher.setAuthTag(sealed.subarray(-tagLength))
  try {
    const body = decipher.update(sealed.subarray(bodyStart, -tagLength))
    return Buffer.concat([body, decipher.final()])
  } catch {
    throw new SealError()
  }
}

const messageKey = (key: SealingKey, head: Buffer): Buffer =>
  createHmac('sha256', key.secret)
    .update(head.subarray(1 + idLength, saltEnd))
    .digest()

const authenticated = (head: Buffer, context: string): Buffer =>
  Buffer.concat([head.subarray(0, 1 + idLength), Buffer.from(context)])

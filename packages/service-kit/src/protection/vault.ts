import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { takeRandomBytes } from '@mikromerit/credentials'
import { deriveSealingKey, open, type SealingKey, seal } from './sealing.ts'

/** Encrypts values at rest. `context` says where the value lies ("awards/ri-se/0197…") and is authenticated: moved elsewhere it does not open. */
export interface Sealer {
  sealJson(value: unknown, context: string): Buffer
  /** Throws SealError for bytes that were changed, moved, or sealed under a key we do not have. */
  openJson<T>(sealed: Buffer, context: string): T
}

/** The key of one family of rows. Erasing its wrapped form erases what it sealed, backups included. */
export type DataKey = Sealer

/** A keyed hash for one purpose: to find or compare a value without keeping it. */
export interface Mac {
  /** 32 bytes, HMAC-SHA-256 */
  digest(text: string): Buffer
  /** Compares in constant time. */
  verify(text: string, digest: Buffer): boolean
}

/** Protection of data at rest under the service's key-encryption key. */
export interface Vault extends Sealer {
  newDataKey(): { wrapped: Buffer; key: DataKey }
  /** Throws SealError. */
  unwrapDataKey(wrapped: Buffer): DataKey
  mac(purpose: string): Mac
  /** Seals for one purpose: what another purpose sealed does not open (standards S-02). */
  sealerFor(purpose: string): Sealer
}

/**
 * A vault over 32-byte key-encryption keys. The first seals and hashes; the others, retired, only
 * still open what they sealed before.
 */
export function createVault(current: Buffer, ...retired: readonly Buffer[]): Vault {
  const keysFor = (purpose: string): [SealingKey, ...SealingKey[]] => [
    deriveSealingKey(current, purpose),
    ...retired.map((secret) => deriveSealingKey(secret, purpose)),
  ]
  const wrapping = keysFor('data keys')
  return {
    ...createSealer(keysFor('values')),
    sealerFor: (purpose) => createSealer(keysFor(`purpose ${purpose}`)),
    newDataKey: () => {
      const secret = Buffer.from(takeRandomBytes(32))
      return { wrapped: seal(wrapping[0], secret, 'data key'), key: createDataKey(secret) }
    },
    unwrapDataKey: (wrapped) => createDataKey(open(wrapping, wrapped, 'data key')),
    mac: (purpose) => createMac(current, purpose),
  }
}

const createDataKey = (secret: Buffer): DataKey => createSealer([deriveSealingKey(secret, 'rows')])

function createSealer(keys: readonly [SealingKey, ...SealingKey[]]): Sealer {
  return {
    sealJson: (value, context) => seal(keys[0], Buffer.from(JSON.stringify(value)), context),
    openJson: (sealed, context) => JSON.parse(open(keys, sealed, context).toString()),
  }
}

function createMac(secret: Buffer, purpose: string): Mac {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `mikromerit mac ${purpose}`, 32))
  const digest = (text: string) => createHmac('sha256', key).update(text).digest()
  return {
    digest,
    verify: (text, expected) => expected.length === 32 && timingSafeEqual(digest(text), expected),
  }
}

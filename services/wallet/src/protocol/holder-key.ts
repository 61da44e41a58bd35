import { createPrivateKey, type KeyObject, type webcrypto } from 'node:crypto'
import { createSoftwareSigner, generateSigningKey, type Signer } from '@mikromerit/credentials'

/** A P-256 private key as it lies sealed in the database. */
export type PrivateJwk = webcrypto.JsonWebKey

/** W-15: a fresh key per credential. */
export const createHolderKey = (): PrivateJwk =>
  generateSigningKey().privateKey.export({ format: 'jwk' })

export const openHolderKey = (jwk: PrivateJwk): Signer =>
  createSoftwareSigner({ privateKey: importPrivateKey(jwk) })

const importPrivateKey = (jwk: PrivateJwk): KeyObject =>
  createPrivateKey({ key: jwk, format: 'jwk' })

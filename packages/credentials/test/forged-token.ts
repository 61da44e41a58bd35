import { createHash, type KeyObject, sign } from 'node:crypto'
import { generateSigningKey } from '../src/jose/signer.ts'

/** Throwaway keys: the issuer, the holder and somebody else. */
export const keys = {
  issuer: generateSigningKey(),
  holder: generateSigningKey(),
  stranger: generateSigningKey(),
}

/** The instant of all forged tokens. */
export const now = new Date('2026-11-24T12:00:00Z')
export const nowSeconds = now.getTime() / 1000

export const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

export const digestOf = (text: string, algorithm = 'sha256'): string =>
  createHash(algorithm).update(text).digest('base64url')

/** A Disclosure of whatever content: strings are taken as they are, the rest becomes JSON. */
export const aDisclosure = (...content: unknown[]): string => encode(content)

export interface ForgedJwt {
  /** Texts are taken as JSON as they stand, so that no rule of JSON is safe. */
  readonly header?: Record<string, unknown> | string
  readonly payload?: Record<string, unknown> | string
  readonly key?: KeyObject
  readonly dsaEncoding?: 'ieee-p1363' | 'der'
}

/** Signs any header and payload, however wrong, without asking our own code. */
export function forgeJwt({ header = {}, payload = {}, key, dsaEncoding }: ForgedJwt): string {
  const input = `${encode(typeof header === 'string' ? header : { alg: 'ES256', ...header })}.${encode(payload)}`
  const signature = sign('sha256', Buffer.from(input), {
    key: key ?? keys.issuer.privateKey,
    dsaEncoding: dsaEncoding ?? 'ieee-p1363',
  })
  return `${input}.${signature.toString('base64url')}`
}

export interface ForgedSdJwt extends ForgedJwt {
  readonly disclosures?: readonly string[]
  readonly keyBinding?: ForgedJwt
}

/** An SD-JWT of any parts; with `keyBinding` also its KB-JWT, right in everything that is not given. */
export function forgeSdJwt({ disclosures = [], keyBinding, ...jwt }: ForgedSdJwt): string {
  const token = `${[forgeJwt(jwt), ...disclosures].join('~')}~`
  if (!keyBinding) return token
  const { header, payload, key = keys.holder.privateKey, ...rest } = keyBinding
  return (
    token +
    forgeJwt({
      header: typeof header === 'string' ? header : { typ: 'kb+jwt', ...header },
      payload:
        typeof payload === 'string'
          ? payload
          : { iat: nowSeconds, aud: audience, nonce, sd_hash: digestOf(token), ...payload },
      key,
      ...rest,
    })
  )
}

export const nonce = 'n-0S6_WzA2Mj'
export const audience = 'x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk'

/** A payload that is right in everything that is not given; `undefined` leaves a claim out. */
export function aPayload(claims: Record<string, unknown> = {}): Record<string, unknown> {
  const { x, y } = keys.holder.publicJwk
  return {
    iss: 'https://issuer.example/ri-se',
    vct: 'urn:eu.europa.ec.eudi:learning:credential:1',
    iat: nowSeconds - 60,
    exp: nowSeconds + 3600,
    cnf: { jwk: { kty: 'EC', crv: 'P-256', x, y } },
    ...claims,
  }
}

/** A credential that verifies, save for what is changed. */
export const forgeCredential = ({ header, payload, ...rest }: ForgedSdJwt = {}): string =>
  forgeSdJwt({
    header: typeof header === 'string' ? header : { typ: 'dc+sd-jwt', ...header },
    payload: typeof payload === 'string' ? payload : aPayload(payload),
    ...rest,
  })

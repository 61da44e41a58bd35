import {
  createCipheriv,
  createECDH,
  createHash,
  type ECDH,
  hash,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import { encodeBase64url, parseSdJwt, selectDisclosures } from '@mikromerit/credentials'

/** What the standard question asks for (domain.md 3.4): the skills profile. */
const shownClaims = ['learning_outcomes', 'notional_workload', 'levels', 'skills']

/** What a wallet must know of a request object in order to answer it. */
export interface OpenRequest {
  readonly clientId: string
  readonly nonce: string
  readonly state: string
  readonly responsePath: string
  readonly queryId: string
  readonly encryptionKey: { readonly kid: string; readonly x: string; readonly y: string }
}

/** Answers requests with one credential; everything that no request changes is prepared. */
export interface PreparedWallet {
  /** The form body of an encrypted answer (OpenID4VP 8.3.1). */
  answer(request: OpenRequest): string
}

export function prepareWallet(credential: string, holderKey: KeyObject): PreparedWallet {
  const shown = selectShown(credential)
  const sdHash = hash('sha256', shown, 'base64url')
  const agreement = createECDH('prime256v1')
  agreement.generateKeys()
  const epk = toJwk(agreement)
  return {
    answer: (request) => {
      const keyBinding = signKeyBinding(request, sdHash, holderKey)
      const content = { vp_token: { [request.queryId]: [`${shown}${keyBinding}`] } }
      const plaintext = JSON.stringify({ ...content, state: request.state })
      return `response=${encrypt(plaintext, request, agreement, epk)}`
    },
  }
}

function selectShown(credential: string): string {
  const parsed = parseSdJwt(credential)
  const paths = shownClaims.map((name) => [name])
  const selected = parsed.ok ? selectDisclosures(parsed.value, paths) : parsed
  if (!selected.ok) throw new Error(selected.detail)
  return selected.value
}

const keyBindingHeader = encodeBase64url(JSON.stringify({ alg: 'ES256', typ: 'kb+jwt' }))

function signKeyBinding({ nonce, clientId }: OpenRequest, sdHash: string, key: KeyObject): string {
  const iat = Math.floor(Date.now() / 1_000)
  const payload = JSON.stringify({ iat, aud: clientId, nonce, sd_hash: sdHash })
  const input = `${keyBindingHeader}.${encodeBase64url(payload)}`
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

/** A compact JWE, ECDH-ES with A128GCM (RFC 7516, RFC 7518 4.6). The ephemeral key is used again: it costs the driver less. */
function encrypt(
  plaintext: string,
  { encryptionKey: { kid, x, y } }: OpenRequest,
  agreement: ECDH,
  epk: object,
): string {
  const header = encodeBase64url(JSON.stringify({ alg: 'ECDH-ES', enc: 'A128GCM', kid, epk }))
  const point = Buffer.concat([
    Buffer.of(4),
    Buffer.from(x, 'base64url'),
    Buffer.from(y, 'base64url'),
  ])
  const iv = randomBytes(12)
  const key = deriveKey(agreement.computeSecret(point))
  const cipher = createCipheriv('aes-128-gcm', key, iv).setAAD(Buffer.from(header))
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return [header, '', ...[iv, ciphertext, cipher.getAuthTag()].map(encodeBase64url)].join('.')
}

// RFC 7518 4.6.2: counter, secret, algorithm, no party information, 128 bits.
const afterSecret = Buffer.concat([
  uint32(7),
  Buffer.from('A128GCM'),
  uint32(0),
  uint32(0),
  uint32(128),
])

const deriveKey = (secret: Buffer): Buffer =>
  createHash('sha256').update(uint32(1)).update(secret).update(afterSecret).digest().subarray(0, 16)

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function toJwk(agreement: ECDH) {
  const point = agreement.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(encodeBase64url)
  return { kty: 'EC', crv: 'P-256', x, y }
}

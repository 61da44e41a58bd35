import { generateSigningKey } from '@mikromerit/credentials'
import { describe, expect, it } from 'vitest'
import { checkRequest } from './check-request.ts'

const now = new Date('2026-06-05T12:00:00Z')
const seconds = now.getTime() / 1_000
const { kty, crv, x, y } = generateSigningKey().publicJwk
const encryptionKey = { kty, crv, x, y, alg: 'ECDH-ES', use: 'enc', kid: 'k1' }

const aRequest = (changes: object = {}) => ({
  response_type: 'vp_token',
  response_mode: 'direct_post',
  response_uri: 'https://verifier.example/answers/1',
  nonce: 'n-0S6_WzA2Mj',
  state: 'state',
  dcql_query: {
    credentials: [{ id: 'q', format: 'dc+sd-jwt', meta: { vct_values: ['v'] } }],
  },
  ...changes,
})
const encrypted = (metadata: object) =>
  aRequest({ response_mode: 'direct_post.jwt', client_metadata: metadata })
const withFormat = (format: object) =>
  aRequest({ client_metadata: { vp_formats_supported: { 'dc+sd-jwt': format } } })

describe('checkRequest', () => {
  it('takes what OpenID4VP 1.0 demands and ignores the rest', () => {
    expect(checkRequest(aRequest({ x_unknown: 1, iss: 'anyone' }), now)).toMatchObject({
      ok: true,
      value: { responseMode: 'direct_post', nonce: 'n-0S6_WzA2Mj', state: 'state' },
    })
  })

  it.each([
    ['redirect_uri beside response_uri (W-29)', { redirect_uri: 'https://verifier.example' }],
    ['no response_uri (W-29)', { response_uri: undefined }],
    ['a response_uri that is no web address', { response_uri: 'javascript:alert(1)' }],
    ['another response mode', { response_mode: 'fragment' }],
    ['no response mode', { response_mode: undefined }],
    ['another response type', { response_type: 'code' }],
    ['no nonce', { nonce: undefined }],
    ['no query (W-30)', { dcql_query: undefined }],
    ['scope beside the query (W-30)', { scope: 'course' }],
    ['another audience', { aud: 'https://other.example' }],
    ['an exp that has passed', { exp: seconds - 1 }],
    ['an exp that is a text (F-19)', { exp: '9999999999' }],
    ['an iat in the future', { iat: seconds + 120 }],
    ['an nbf in the future', { nbf: seconds + 120 }],
    [
      'no state though binding is waived (W-37)',
      {
        state: undefined,
        dcql_query: {
          credentials: [
            {
              id: 'q',
              format: 'dc+sd-jwt',
              meta: { vct_values: ['v'] },
              require_cryptographic_holder_binding: false,
            },
          ],
        },
      },
    ],
  ])('refuses %s', (_name, changes) => {
    expect(checkRequest(aRequest(changes), now).ok).toBe(false)
  })

  it.each([
    ['no dc+sd-jwt', aRequest({ client_metadata: { vp_formats_supported: { mso_mdoc: {} } } })],
    ['no ES256 for key binding', withFormat({ 'kb-jwt_alg_values': ['ES384'] })],
    ['no ES256 for issuers', withFormat({ 'sd-jwt_alg_values': ['EdDSA'] })],
  ])('refuses a verifier that takes %s (W-38)', (_name, request) => {
    expect(checkRequest(request, now).ok).toBe(false)
  })
})

describe('encryption of the answer (W-40)', () => {
  it.each([
    [['A128GCM', 'A256GCM'], 'A256GCM'],
    [['A128GCM'], 'A128GCM'],
    [undefined, 'A128GCM'],
  ])('with %j uses %s and the verifier’s kid', (encodings, enc) => {
    const request = encrypted({
      jwks: { keys: [encryptionKey] },
      encrypted_response_enc_values_supported: encodings,
    })
    expect(checkRequest(request, now)).toMatchObject({
      ok: true,
      value: { encryption: { enc, jwk: { kid: 'k1', x } } },
    })
  })

  it('skips keys for signing and keys of other kinds', () => {
    const keys = [
      { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
      { ...encryptionKey, use: 'sig' },
      encryptionKey,
    ]
    expect(checkRequest(encrypted({ jwks: { keys } }), now).ok).toBe(true)
  })

  it.each([
    ['no metadata', undefined],
    ['no keys', { jwks: { keys: [] } }],
    ['a key without alg', { jwks: { keys: [{ ...encryptionKey, alg: undefined }] } }],
    ['a key for another alg', { jwks: { keys: [{ ...encryptionKey, alg: 'ECDH-ES+A256KW' }] } }],
    ['a private key', { jwks: { keys: [{ ...encryptionKey, d: x }] } }],
    ['a point off the curve', { jwks: { keys: [{ ...encryptionKey, y: x }] } }],
    [
      'only encodings that are not ours',
      {
        jwks: { keys: [encryptionKey] },
        encrypted_response_enc_values_supported: ['A128CBC-HS256'],
      },
    ],
  ])('refuses %s: nothing would ever be sent in the open', (_name, metadata) => {
    const request = aRequest({ response_mode: 'direct_post.jwt', client_metadata: metadata })
    expect(checkRequest(request, now).ok).toBe(false)
  })
})

describe('the purpose', () => {
  const purposeOf = (changes: object) => {
    const checked = checkRequest(aRequest(changes), now)
    return checked.ok ? checked.value.purpose : checked
  }
  const [query] = aRequest().dcql_query.credentials
  const withSet = (purpose: unknown) => ({
    dcql_query: { credentials: [query], credential_sets: [{ options: [['q']], purpose }] },
  })

  it.each<[unknown, object | undefined]>([
    ['Ansökan', { sv: 'Ansökan', en: 'Ansökan' }],
    [
      { sv: 'Ansökan', en: 'Application' },
      { sv: 'Ansökan', en: 'Application' },
    ],
    [{ en: 'Application' }, { sv: 'Application', en: 'Application' }],
    [7, undefined],
  ])('%j is read from a credential set, and from the request', (purpose, read) => {
    expect(purposeOf(withSet(purpose))).toEqual(read)
    expect(purposeOf({ purpose })).toEqual(read)
  })

  it('of a credential set goes before that of the request, and is cut', () => {
    expect(purposeOf({ ...withSet('x'.repeat(600)), purpose: 'y' })).toMatchObject({
      sv: 'x'.repeat(500),
    })
  })
})

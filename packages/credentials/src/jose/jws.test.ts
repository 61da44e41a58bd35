import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { compactVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { encode, forgeJwt, keys } from '../../test/forged-token.ts'
import { importPublicJwk } from './jwk.ts'
import { parseJws, signJws, verifyJws } from './jws.ts'
import { createSoftwareSigner } from './signer.ts'

const key = importPublicJwk(keys.issuer.publicJwk)
const x5c = ['MIIB', 'MIIC']
const signer = createSoftwareSigner({ privateKey: keys.issuer.privateKey, x5c })

const codeOf = (token: string) => {
  const jws = parseJws(token)
  return jws.ok ? 'ok' : jws.code
}
const isSigned = (token: string, by = key) => {
  const jws = parseJws(token)
  return jws.ok && verifyJws(jws.value, by)
}

describe('signJws', () => {
  it('makes a JWS that jose accepts', async () => {
    const token = await signJws({ header: { typ: 'test+jwt' }, payload: { name: 'Åsa' }, signer })
    const { payload, protectedHeader } = await compactVerify(token, key)
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ name: 'Åsa' })
    expect(protectedHeader).toEqual({ typ: 'test+jwt', alg: 'ES256', kid: signer.kid })
  })

  it('adds the certificates only when asked', async () => {
    const header = { typ: 'test+jwt' }
    const token = await signJws({ header, payload: {}, signer, includeX5c: true })
    expect(parseJws(token)).toMatchObject({ ok: true, value: { header: { x5c } } })
  })

  it('names the algorithm and key of the signer, not those of the caller', async () => {
    const header = { typ: 'test+jwt', alg: 'none', kid: 'another' }
    const token = await signJws({ header, payload: {}, signer })
    expect(parseJws(token)).toMatchObject({
      value: { header: { alg: 'ES256', kid: signer.kid } },
    })
  })
})

describe('verifyJws', () => {
  it('accepts the ES256 example of RFC 7515, A.3', () => {
    const token =
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q'
    const published = importPublicJwk({
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    })
    expect(isSigned(token, published)).toBe(true)
    expect(isSigned(token)).toBe(false)
  })

  it('refuses any single changed character', () => {
    const token = forgeJwt({ header: { typ: 'test+jwt' }, payload: { a: 'b' } })
    const character = fc.constantFrom(
      ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=~+/ ',
    )
    fc.assert(
      fc.property(fc.nat(token.length - 1), character, (at, other) => {
        fc.pre(token[at] !== other)
        expect(isSigned(`${token.slice(0, at)}${other}${token.slice(at + 1)}`)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('refuses a DER signature (F-17)', () => {
    expect(isSigned(forgeJwt({ dsaEncoding: 'der' }))).toBe(false)
  })

  it.for(['none', 'HS256', 'ES384', 'RS256', 'es256', ''])(
    'refuses the algorithm %j (S-05)',
    (alg) => {
      expect(isSigned(forgeJwt({ header: { alg } }))).toBe(false)
    },
  )

  it('refuses a MAC keyed with the public key (S-05)', () => {
    const input = `${encode({ alg: 'HS256' })}.${encode({})}`
    const pem = key.export({ format: 'pem', type: 'spki' })
    const mac = createHmac('sha256', pem).update(input).digest('base64url')
    expect(isSigned(`${input}.${mac}`)).toBe(false)
  })

  it('refuses a key of another kind or curve, even for a right signature by it', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    const token = forgeJwt({ key: privateKey })
    expect(parseJws(token)).toMatchObject({ value: { signature: { length: 64 } } })
    expect(isSigned(token, publicKey)).toBe(false)
    expect(isSigned(forgeJwt({}), createPublicKey(keys.issuer.privateKey))).toBe(true)
    expect(isSigned(forgeJwt({}), keys.issuer.privateKey)).toBe(false)
  })

  it('never takes a key from the token (S-06)', () => {
    const jwk = keys.stranger.publicJwk
    expect(isSigned(forgeJwt({ header: { jwk }, key: keys.stranger.privateKey }))).toBe(false)
  })
})

describe('parseJws', () => {
  it('refuses every critical header parameter, and b64 (F-18)', () => {
    for (const header of [
      { crit: ['exp'] },
      { crit: [] },
      { b64: true },
      { b64: false, crit: ['b64'] },
    ])
      expect(codeOf(forgeJwt({ header }))).toBe('jws_crit_unsupported')
  })

  it('refuses more or fewer than three parts', () => {
    const token = forgeJwt({})
    for (const wrong of ['', 'a', token.split('.').slice(0, 2).join('.'), `${token}.`, `.${token}`])
      expect(codeOf(wrong)).toBe('jws_malformed')
  })

  it('refuses parts that are not strict base64url (F-16)', () => {
    const [header, payload, signature] = forgeJwt({}).split('.')
    expect(codeOf(`${header}=.${payload}.${signature}`)).toBe('jws_header_malformed')
    expect(codeOf(`${header}.${payload}\n.${signature}`)).toBe('jws_malformed')
    expect(codeOf(`${header}.${payload}.${signature}==`)).toBe('jws_malformed')
  })

  it('refuses a header or payload with a name twice (F-15)', () => {
    expect(codeOf(forgeJwt({ header: '{"alg":"ES256","alg":"none"}' }))).toBe(
      'jws_header_malformed',
    )
    expect(codeOf(forgeJwt({ payload: '{"exp":1,"exp":2}' }))).toBe('jws_malformed')
  })

  it('refuses a header or payload that is no object, or no UTF-8', () => {
    for (const payload of ['[]', 'null', '"a"', 'no json'])
      expect(codeOf(forgeJwt({ payload }))).toBe('jws_malformed')
    expect(codeOf(forgeJwt({ header: '[]' }))).toBe('jws_header_malformed')
    const latin = Buffer.from('{"a":"\xe5"}', 'latin1').toString('base64url')
    const [header, , signature] = forgeJwt({}).split('.')
    expect(codeOf(`${header}.${latin}.${signature}`)).toBe('jws_malformed')
  })

  it('refuses header members of a wrong type or size (S-06)', () => {
    const wrong = [
      { alg: 1 },
      { typ: 1 },
      { kid: {} },
      { kid: 'k'.repeat(1025) },
      { x5c: 'MIIB' },
      { x5c: [] },
      { x5c: [1] },
      { x5c: Array(6).fill('MIIB') },
      { x5c: ['M'.repeat(10_925)] },
    ]
    for (const header of wrong) expect(codeOf(forgeJwt({ header }))).toBe('jws_header_malformed')
    expect(codeOf(forgeJwt({ header: { x5c: Array(5).fill('M'.repeat(10_924)) } }))).toBe('ok')
  })

  it('refuses a token of more than 256 KiB before it looks at it', () => {
    expect(codeOf(forgeJwt({ payload: { a: 'a'.repeat(200_000) } }))).toBe('jws_too_large')
    expect(codeOf('.'.repeat(262_145))).toBe('jws_too_large')
  })

  it('refuses a payload nested deeper than 16 levels, or with too many members (S-11)', () => {
    expect(codeOf(forgeJwt({ payload: `${'{"a":'.repeat(200)}1${'}'.repeat(200)}` }))).toBe(
      'jws_malformed',
    )
    expect(codeOf(forgeJwt({ payload: { a: Array(10_001).fill(0) } }))).toBe('jws_malformed')
  })
})

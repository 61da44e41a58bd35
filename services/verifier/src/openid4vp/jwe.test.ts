import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateSigningKey } from '@mikromerit/credentials'
import fc from 'fast-check'
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { contentEncryptions, type DecryptionKey, decryptJwe, encryptJwe } from './jwe.ts'

const { privateKey, publicJwk } = generateSigningKey()
const key: DecryptionKey = { kid: 'enc-1', privateJwk: privateKey.export({ format: 'jwk' }) }

async function encrypt(content: unknown, header: Record<string, unknown> = {}): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'enc-1', ...header })
    .encrypt(await importJWK({ ...publicJwk }, 'ECDH-ES'))
}

describe('decryptJwe', () => {
  it.each(contentEncryptions)('reads what another library encrypted with %s', async (enc) => {
    const token = await encrypt({ vp_token: { pid: ['åäö'] } }, { enc })
    expect(decryptJwe(token, key)).toEqual({ ok: true, value: { vp_token: { pid: ['åäö'] } } })
  })

  it('agrees on the key with apu and apv', async () => {
    const token = await new CompactEncrypt(Buffer.from('{"a":1}'))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128GCM', kid: 'enc-1' })
      .setKeyManagementParameters({ apu: Buffer.from('wallet'), apv: Buffer.from('nonce') })
      .encrypt(await importJWK({ ...publicJwk }, 'ECDH-ES'))
    expect(decryptJwe(token, key)).toEqual({ ok: true, value: { a: 1 } })
  })

  it.each([
    ['another key management', { alg: 'ECDH-ES+A128KW' }],
    ['a content encryption that was not offered', { enc: 'A192GCM' }],
    ['another kid', { kid: 'enc-2' }],
  ])('refuses %s (V-08)', async (_what, header) => {
    const token = await encrypt({}, header)
    expect(decryptJwe(token, key)).toMatchObject({ ok: false, code: 'jwe_not_allowed' })
  })

  it.each([
    ['compression', { zip: 'DEF' }],
    ['a critical extension', { crit: ['x'], x: 1 }],
    ['PBES2', { alg: 'PBES2-HS256+A128KW', p2c: 2_000_000_000, p2s: 'AAAA' }],
    ['a shared key', { alg: 'dir' }],
    ['no kid', { kid: undefined }],
  ])('refuses %s before it computes anything (V-08, S-09)', async (_what, changes) => {
    const [encodedHeader = '', ...parts] = (await encrypt({})).split('.')
    const header = JSON.parse(Buffer.from(encodedHeader, 'base64url').toString())
    const changed = Buffer.from(JSON.stringify({ ...header, ...changes })).toString('base64url')
    const token = [changed, ...parts].join('.')
    expect(decryptJwe(token, key)).toMatchObject({ ok: false, code: 'jwe_not_allowed' })
  })

  it('refuses an ephemeral key that is not on the curve (S-08)', async () => {
    const [encodedHeader = '', ...parts] = (await encrypt({})).split('.')
    const header = JSON.parse(Buffer.from(encodedHeader, 'base64url').toString())
    const epk = { ...header.epk, y: header.epk.x }
    const changed = Buffer.from(JSON.stringify({ ...header, epk })).toString('base64url')
    const result = decryptJwe([changed, ...parts].join('.'), key)
    expect(result).toMatchObject({ ok: false, code: 'jwe_malformed' })
  })

  it.each([
    ['an array', [1]],
    ['a text', 'text'],
  ])('refuses %s inside', async (_what, content) => {
    const result = decryptJwe(await encrypt(content), key)
    expect(result).toMatchObject({ ok: false, code: 'jwe_malformed' })
  })

  it('refuses any text with one character changed', async () => {
    const token = await encrypt({ vp_token: { a: ['b'] } })
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom(...'Ab9_-.'),
        async (at, character) => {
          fc.pre(token[at] !== character)
          const changed = `${token.slice(0, at)}${character}${token.slice(at + 1)}`
          return !decryptJwe(changed, key).ok
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each<[string, number, string]>([
    ['an encrypted key, which direct agreement has not', 1, 'AAAA'],
    ['an initialisation vector of 128 bits', 2, 'A'.repeat(22)],
    ['a tag of 32 bits', 4, 'AAAAAA'],
    ['one more part', 4, `${'A'.repeat(22)}.AAAA`],
  ])('refuses %s', async (_what, at, part) => {
    const token = (await encrypt({})).split('.').with(at, part).join('.')
    expect(decryptJwe(token, key)).toMatchObject({ ok: false, code: 'jwe_malformed' })
  })

  it('refuses more than 2 MiB, however well encrypted', async () => {
    const token = await encrypt({ large: 'x'.repeat(1_600_000) })
    expect(token.length).toBeGreaterThan(2_097_152)
    expect(decryptJwe(token, key)).toMatchObject({ ok: false, code: 'jwe_malformed' })
  })

  it.each(['', 'a.b.c', '....', 'x'.repeat(2_200_000)])('refuses what is no JWE', (text) => {
    expect(decryptJwe(text, key)).toMatchObject({ ok: false, code: 'jwe_malformed' })
  })
})

const vectorFile = join(
  import.meta.dirname,
  '../../../../../shared/vectors/openid4vp/encrypted-response.json',
)

describe.skipIf(!existsSync(vectorFile))('the example of OpenID4VP 1.0, section 8.3', () => {
  it('is read as it is printed', () => {
    const { response, private_jwk, payload } = JSON.parse(readFileSync(vectorFile, 'utf8'))
    const example: DecryptionKey = { kid: private_jwk.kid, privateJwk: private_jwk }
    expect(decryptJwe(response, example)).toEqual({ ok: true, value: payload })
  })
})

describe('encryptJwe', () => {
  it.each(contentEncryptions)('writes what another library reads with %s', async (enc) => {
    const token = encryptJwe('signed.request.object', {
      key: { ...publicJwk, kid: 'w' },
      enc,
      cty: 'JWT',
    })
    const { plaintext, protectedHeader } = await compactDecrypt(token, privateKey)
    expect(Buffer.from(plaintext).toString()).toBe('signed.request.object')
    expect(protectedHeader).toMatchObject({ alg: 'ECDH-ES', enc, kid: 'w', cty: 'JWT' })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDisclosure, digestOf, keys } from '../../test/forged-token.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { encodeDisclosure } from './disclosure.ts'
import { hideClaims, issueSdJwt } from './issue.ts'
import { parseSdJwt } from './parse.ts'
import { processSdJwt } from './process.ts'
import { selectDisclosures } from './select.ts'

const signer = createSoftwareSigner({ privateKey: keys.issuer.privateKey })
const header = { typ: 'example+sd-jwt' }

const readDisclosure = (encoded: string): unknown[] =>
  JSON.parse(Buffer.from(encoded, 'base64url').toString())

const disclose = (token: string) => {
  const sdJwt = parseSdJwt(token)
  if (!sdJwt.ok) throw new Error(sdJwt.code)
  const processed = processSdJwt(sdJwt.value)
  if (!processed.ok) throw new Error(processed.code)
  return JSON.parse(JSON.stringify(processed.value.payload))
}

describe('issueSdJwt', () => {
  const payload = { open: 1, name: 'Åsa', address: { street: 'Drottninggatan', city: 'Umeå' } }
  const disclosable = ['name', 'address', 'address/street']

  it('gives back what was hidden when all is disclosed', async () => {
    expect(disclose(await issueSdJwt({ header, payload, disclosable, signer }))).toEqual(payload)
  })

  it('does so for any claims and any choice of what to hide', async () => {
    const name = fc
      .stringMatching(/^[a-zåäö_.]{1,8}$/)
      .filter((text) => !/^(\.\.\.|_sd|_sd_alg)$/.test(text))
    const claims = fc.dictionary(
      name,
      fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.dictionary(name, fc.string())),
      {
        noNullPrototype: true,
      },
    )
    await fc.assert(
      fc.asyncProperty(claims, fc.infiniteStream(fc.boolean()), async (made, coins) => {
        const everything = JSON.parse(JSON.stringify(made))
        const hide = Object.keys(everything).filter(() => coins.next().value)
        const token = await issueSdJwt({ header, payload: everything, disclosable: hide, signer })
        expect(disclose(token)).toEqual(everything)

        const shown = hide.filter(() => coins.next().value)
        const sdJwt = parseSdJwt(token)
        if (!sdJwt.ok) throw new Error(sdJwt.code)
        const presented = selectDisclosures(
          sdJwt.value,
          shown.map((claim) => [claim]),
        )
        if (!presented.ok) throw new Error(presented.code)
        const expected = Object.entries(everything).filter(
          ([claim]) => shown.includes(claim) || !hide.includes(claim),
        )
        expect(disclose(presented.value)).toEqual(Object.fromEntries(expected))
      }),
      { numRuns: 200 },
    )
  })

  it('leaves nothing of a hidden claim in the signed part', async () => {
    const [jwt = ''] = (await issueSdJwt({ header, payload, disclosable, signer })).split('~')
    const signed = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()
    for (const secret of ['name', 'Åsa', 'street', 'Drottninggatan', 'Umeå'])
      expect(signed).not.toContain(secret)
    expect(Object.keys(JSON.parse(signed))).toEqual(['open', '_sd', '_sd_alg'])
  })

  it('leaves the claims of the caller as they were', () => {
    const before = structuredClone(payload)
    hideClaims(payload, disclosable)
    expect(payload).toEqual(before)
  })

  it('hides a member inside an object that stays in the open', () => {
    const hidden = hideClaims(payload, ['address/street'])
    const [street = ''] = hidden.disclosures
    expect(hidden.payload).toEqual({
      ...payload,
      address: { city: 'Umeå', _sd: [digestOf(street)] },
      _sd_alg: 'sha-256',
    })
    expect(readDisclosure(street).slice(1)).toEqual(['street', 'Drottninggatan'])
  })

  it('gives every claim of every copy its own salt of 128 bits (RFC 9901 9.3)', () => {
    const salts = Array.from({ length: 50 }, () => hideClaims(payload, disclosable).disclosures)
      .flat()
      .map((encoded) => readDisclosure(encoded)[0])
    expect(new Set(salts).size).toBe(150)
    for (const salt of salts) expect(Buffer.from(String(salt), 'base64url').length).toBe(16)
  })

  it('sorts the digests at every level, so that their order tells nothing (RFC 9901 9.7)', () => {
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`)
    const many = Object.fromEntries(names.map((name) => [name, 1]))
    const paths = names.flatMap((name) => [name, `deep/${name}`])
    const { payload: signed, disclosures } = hideClaims({ ...many, deep: many }, [...paths, 'deep'])
    const deep = disclosures.map(readDisclosure).find(([, name]) => name === 'deep')?.[2]
    for (const digests of [signed._sd, (deep as { _sd: string[] })._sd] as string[][]) {
      expect(digests.length).toBeGreaterThanOrEqual(12)
      expect(digests).toEqual(digests.toSorted())
    }
  })

  it('passes over claims that are not there, and paths into objects that are not there', () => {
    expect(hideClaims({ a: 1 }, ['b', 'c/d', '__proto__/x']).disclosures).toEqual([])
  })

  it('refuses a path into something that is no object, for it would stay in the open', () => {
    expect(() => hideClaims({ a: ['secret'] }, ['a/0'])).toThrow(TypeError)
    expect(() => hideClaims({ a: 'secret' }, ['a/b'])).toThrow(TypeError)
  })

  it.for(['_sd', '...', '_sd_alg'])('refuses a claim called %s at any depth', (name) => {
    expect(() => hideClaims({ [name]: [] }, [])).toThrow(TypeError)
    expect(() => hideClaims({ a: [{ b: { [name]: 'x' } }] }, ['a'])).toThrow(TypeError)
  })
})

describe('encodeDisclosure', () => {
  it('has a name for a member and none for an element', () => {
    expect(encodeDisclosure('s', 'name', 1)).toBe(aDisclosure('s', 'name', 1))
    expect(encodeDisclosure('s', undefined, 1)).toBe(aDisclosure('s', 1))
  })
})

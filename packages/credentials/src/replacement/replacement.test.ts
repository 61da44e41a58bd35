import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forgeJwt, keys, now, nowSeconds } from '../../test/forged-token.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { parseReplacement } from './parse.ts'
import { replacementReasons } from './reasons.ts'
import { type BuildReplacementOptions, buildReplacement, signReplacement } from './sign.ts'
import { type VerifyReplacementOptions, verifyReplacement } from './verify.ts'

const signer = createSoftwareSigner({ privateKey: keys.issuer.privateKey, x5c: ['MIIB'] })
const key = importPublicJwk(keys.issuer.publicJwk)
const stranger = importPublicJwk(keys.holder.publicJwk)
const issuer = 'https://issuer.example/ri-se'
const [old, award, renewed] = [
  '01935d2b-0000-7000-8000-000000000001',
  '01935d2b-0000-7000-8000-000000000002',
  '01935d2b-0000-7000-8000-000000000003',
]
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

const options: BuildReplacementOptions = {
  issuer,
  credentialId: old,
  replacedAt: later(-60),
  reason: 'data_corrected',
  replacedBy: { awardId: award, credentialIds: [renewed] },
  issuedAt: now,
  expiresAt: later(3600),
}
const sign = (changes: Partial<BuildReplacementOptions> = {}) =>
  signReplacement({ ...options, ...changes, signer })

const demand = (token: string) => {
  const parsed = parseReplacement(token)
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.value
}
const check = (token: string, changes: Partial<VerifyReplacementOptions> = {}) => {
  const replacement = demand(token)
  const credentialId = `urn:uuid:${old}`
  const result = verifyReplacement({
    ...{ replacement, issuer, credentialId, keys: [key], now },
    ...changes,
  })
  return result.ok ? 'ok' : result.code
}
const codeOf = (token: string) => {
  const parsed = parseReplacement(token)
  return parsed.ok ? 'ok' : parsed.code
}
const forge = (payload: object, header: object = {}) =>
  forgeJwt({
    header: { typ: 'replacement+jwt', ...header },
    payload: { ...buildReplacement(options), ...payload },
  })

describe('signReplacement', () => {
  it('says what was replaced by what, with the chain of the key in the header', async () => {
    const { jws } = demand(await sign())
    expect(jws.header).toMatchObject({ typ: 'replacement+jwt', alg: 'ES256', x5c: ['MIIB'] })
    expect(jws.payload).toEqual({
      iss: issuer,
      iat: nowSeconds,
      exp: nowSeconds + 3600,
      sub: `urn:uuid:${old}`,
      replaced_at: nowSeconds - 60,
      reason: 'data_corrected',
      replaced_by: { award: `urn:uuid:${award}`, credentials: [`urn:uuid:${renewed}`] },
    })
  })

  it('gives back whatever it was given', async () => {
    const credentialIds = fc.array(fc.uuid(), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...replacementReasons),
        fc.uuid(),
        credentialIds,
        async (reason, awardId, ids) => {
          const replacedBy = { awardId, credentialIds: ids }
          const read = demand(await sign({ reason, replacedBy }))
          expect(read).toMatchObject({ issuer, credentialId: old, reason, replacedBy })
          expect([read.replacedAt, read.issuedAt, read.expiresAt]).toEqual([
            options.replacedAt,
            options.issuedAt,
            options.expiresAt,
          ])
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('parseReplacement', () => {
  it('refuses a token of another type, whatever it says', () => {
    expect(codeOf(forge({}, { typ: 'statuslist+jwt' }))).toBe('replacement_malformed')
    expect(codeOf(forge({}, { typ: undefined }))).toBe('replacement_malformed')
  })

  it.each([
    ['no issuer', { iss: undefined }],
    ['a subject that is no UUID', { sub: 'urn:uuid:1' }],
    ['no end', { exp: undefined }],
    ['a time that is text', { replaced_at: '2026-01-01' }],
    ['a reason of its own', { reason: 'Anna Andersson moved' }],
    ['no successor', { replaced_by: undefined }],
    ['a successor without an award', { replaced_by: { credentials: [] } }],
    ['a credential that is no UUID', { replaced_by: { award, credentials: ['x'] } }],
    ['a successor whose credentials are no list', { replaced_by: { award, credentials: renewed } }],
    ['too many credentials', { replaced_by: { award, credentials: Array(257).fill(renewed) } }],
  ])('refuses %s', (_, payload) => {
    expect(codeOf(forge(payload))).toBe('replacement_malformed')
  })

  it('refuses what is longer than any statement', () => {
    expect(codeOf(forge({ padding: 'x'.repeat(70_000) }))).toBe('jws_too_large')
  })
})

describe('verifyReplacement', () => {
  it('believes the issuer about its own credential, named with or without urn:uuid', async () => {
    expect(check(await sign())).toBe('ok')
    expect(check(await sign(), { credentialId: old.toUpperCase() })).toBe('ok')
  })

  it('refuses a statement that none of the keys signed', async () => {
    expect(check(await sign(), { keys: [stranger] })).toBe('replacement_signature')
    expect(check(await sign(), { keys: [] })).toBe('replacement_signature')
  })

  it('refuses a statement of another issuer or about another credential', async () => {
    expect(check(await sign({ issuer: `${issuer}-2` }))).toBe('replacement_mismatch')
    expect(check(await sign({ credentialId: renewed, replacedBy: options.replacedBy }))).toBe(
      'replacement_mismatch',
    )
    expect(check(await sign(), { credentialId: 'not-a-uuid' })).toBe('replacement_mismatch')
  })

  it('refuses a credential replaced by itself', async () => {
    const replacedBy = { awardId: award, credentialIds: [old] }
    expect(check(await sign({ replacedBy }))).toBe('replacement_mismatch')
  })

  it('refuses a statement after its end and one from the future', async () => {
    expect(check(await sign({ expiresAt: now }))).toBe('replacement_expired')
    expect(check(await sign({ issuedAt: later(61) }))).toBe('replacement_not_yet_valid')
    expect(check(await sign({ replacedAt: later(61) }))).toBe('replacement_not_yet_valid')
  })

  it('refuses any single changed character of what was signed', async () => {
    const token = await sign()
    const end = token.lastIndexOf('.')
    fc.assert(
      fc.property(fc.nat(end - 1), (at) => {
        const flipped = token[at] === 'A' ? 'B' : 'A'
        const parsed = parseReplacement(token.slice(0, at) + flipped + token.slice(at + 1))
        if (!parsed.ok) return
        const replacement = parsed.value
        const result = verifyReplacement({
          ...{ replacement, issuer, credentialId: old, keys: [key], now },
        })
        expect(result.ok).toBe(false)
      }),
      { numRuns: 100 },
    )
  })
})

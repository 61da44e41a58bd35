import { describe, expect, it } from 'vitest'
import { forgeJwt, nowSeconds } from '../../test/forged-token.ts'
import {
  aCredential,
  anOpenBadge,
  forgeLegacy,
  forgeOpenBadge,
  forgeVcJwt,
  legacyContext,
  names,
  openBadgeClaims,
  openBadgesContext,
  validFrom,
  validFromSeconds,
} from '../../test/forged-vc.ts'
import { parseVcJwt } from './parse-vc-jwt.ts'

const parse = (token: string) => {
  const parsed = parseVcJwt(token)
  return parsed.ok ? parsed.value : parsed.code
}
const demand = (token: string) => {
  const parsed = parseVcJwt(token)
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.value
}

describe('a vc+jwt (VC-JOSE-COSE, V-25)', () => {
  it('is the credential itself', () => {
    const vc = demand(forgeVcJwt({ payload: { iss: names.issuer, jti: names.id, iat: 1 } }))
    expect(vc).toMatchObject({
      envelope: 'vc+jwt',
      isOpenBadge: false,
      credential: aCredential(),
      issuedAt: new Date(1000),
      facts: {
        dataModel: '2.0',
        id: names.id,
        issuer: names.issuer,
        subjectId: names.subject,
        types: ['VerifiableCredential'],
        validFrom: new Date(validFrom),
        contexts: [],
        hasInlineContext: false,
        statuses: [],
      },
    })
    expect(Object.keys(vc.credential)).not.toContain('iss')
  })

  it('takes an issuer with properties, and single values bare or in arrays', () => {
    const payload = {
      '@context': 'https://www.w3.org/ns/credentials/v2',
      type: 'VerifiableCredential',
      issuer: { id: names.issuer, name: 'Exempeluniversitetet' },
      credentialSubject: [{ id: names.subject }],
      credentialStatus: { type: 'BitstringStatusListEntry' },
      iss: names.issuer,
      sub: names.subject,
    }
    expect(demand(forgeVcJwt({ payload })).facts).toMatchObject({
      issuer: names.issuer,
      subjectId: names.subject,
      statuses: [{ type: 'BitstringStatusListEntry' }],
    })
  })

  it.for(['application/vc+jwt', 'VC+JWT'])('may write its typ %s', (typ) => {
    expect(parse(forgeVcJwt({ header: { typ, cty: 'application/vc' } }))).toBeTypeOf('object')
  })

  it('names the contexts it does not know, and fetches none (S-13)', () => {
    const context = ['https://www.w3.org/ns/credentials/v2', openBadgesContext, { x: 'urn:x' }]
    expect(demand(forgeVcJwt({ payload: { '@context': context } })).facts).toMatchObject({
      contexts: [openBadgesContext],
      hasInlineContext: true,
    })
  })

  it('ignores claims and header members that it does not know', () => {
    const token = forgeVcJwt({ header: { x: 1 }, payload: { x: { y: 1 } } })
    expect(demand(token).credential).toMatchObject({ x: { y: 1 } })
  })

  it.for<[string, Record<string, unknown>, string]>([
    ['a vc claim', { vc: aCredential() }, 'vc_claim_unexpected'],
    ['a vc claim of no value', { vc: null }, 'vc_claim_unexpected'],
    ['a vp claim', { vp: {} }, 'vc_claim_unexpected'],
    ['another issuer in iss', { iss: `${names.issuer}2` }, 'claim_mismatch'],
    ['another id in jti', { jti: 'urn:uuid:2' }, 'claim_mismatch'],
    ['another subject in sub', { sub: 'urn:uuid:2' }, 'claim_mismatch'],
    ['an iss that is an array', { iss: [names.issuer] }, 'claim_malformed'],
    ['an exp that is a text', { exp: '2030-01-01T00:00:00Z' }, 'claim_malformed'],
    ['an nbf that is not finite', { nbf: 1e300 }, 'claim_malformed'],
    ['the context of the older data model', { '@context': [legacyContext] }, 'context_unexpected'],
    ['its own context first', { '@context': [openBadgesContext] }, 'context_unexpected'],
    ['no context', { '@context': undefined }, 'context_unexpected'],
    ['too many contexts', { '@context': Array(33).fill('x') }, 'context_unexpected'],
    [
      'a context that is a number',
      { '@context': ['https://www.w3.org/ns/credentials/v2', 1] },
      'credential_malformed',
    ],
    ['another type', { type: ['VerifiablePresentation'] }, 'credential_malformed'],
    ['a type that is no text', { type: ['VerifiableCredential', {}] }, 'credential_malformed'],
    ['no issuer', { issuer: undefined }, 'credential_malformed'],
    ['an issuer without id', { issuer: { name: 'Ri' } }, 'credential_malformed'],
    ['an issuer that is no URI', { issuer: 'ri-se' }, 'credential_malformed'],
    ['an id with a space', { id: 'urn:uuid: 1' }, 'credential_malformed'],
    ['no subject', { credentialSubject: undefined }, 'credential_malformed'],
    ['no subject in its array', { credentialSubject: [] }, 'credential_malformed'],
    ['a subject that is a text', { credentialSubject: names.subject }, 'credential_malformed'],
    ['a subject with a number as id', { credentialSubject: { id: 1 } }, 'credential_malformed'],
    ['a status that is a text', { credentialStatus: 'valid' }, 'credential_malformed'],
    ['a status of no value', { credentialStatus: null }, 'credential_malformed'],
    ['an end without time zone', { validUntil: '2030-01-01T00:00:00' }, 'credential_malformed'],
    ['an end that is a number', { validUntil: 1 }, 'credential_malformed'],
    [
      'an end on a day that does not exist',
      { validUntil: '2030-02-30T00:00:00Z' },
      'credential_malformed',
    ],
    ['a beginning that is a day', { validFrom: '2026-06-05' }, 'credential_malformed'],
  ])('is refused with %s', ([, payload, code]) => {
    expect(parse(forgeVcJwt({ payload }))).toBe(code)
  })

  it('reads an iat that is no date as absent, as the published vectors have it', () => {
    const vc = demand(forgeVcJwt({ payload: { iat: '2010-01-01T19:23:24Z' } }))
    expect(vc.issuedAt).toBeUndefined()
  })

  it.for(['vc', 'vp', 'json'])('is judged by its cty: %s', (cty) => {
    expect(parse(forgeVcJwt({ header: { cty } })) === 'cty_unexpected').toBe(cty !== 'vc')
  })

  it('is refused with the same member twice, and beyond the limits of JSON', () => {
    const payload = JSON.stringify(aCredential()).replace('{', '{"issuer":"urn:x",')
    expect(parse(forgeVcJwt({ payload }))).toBe('jws_malformed')
    const deep = `{"x":${'['.repeat(33)}${']'.repeat(33)}}`
    expect(parse(forgeVcJwt({ payload: deep }))).toBe('jws_malformed')
    expect(parse('a'.repeat(262_145))).toBe('jws_too_large')
    expect(parseVcJwt(forgeVcJwt(), { length: 10 })).toMatchObject({ code: 'jws_too_large' })
  })
})

describe('an Open Badge (Open Badges 3.0, V-27)', () => {
  it.for([{}, { typ: 'JWT' }, { typ: 'jwt' }])('is one with the header %j', (header) => {
    expect(demand(forgeOpenBadge({ header }))).toMatchObject({
      envelope: 'open_badge',
      isOpenBadge: true,
      credential: anOpenBadge(),
      notBefore: new Date(validFrom),
    })
  })

  it('may come as vc+jwt without the claims', () => {
    expect(demand(forgeVcJwt({ payload: anOpenBadge() }))).toMatchObject({
      envelope: 'vc+jwt',
      isOpenBadge: true,
    })
  })

  it('may be an AchievementCredential', () => {
    const type = ['VerifiableCredential', 'AchievementCredential']
    expect(demand(forgeOpenBadge({ payload: { type } })).isOpenBadge).toBe(true)
  })

  it('may follow the older data model', () => {
    const { validFrom: issuanceDate } = anOpenBadge()
    const payload = {
      '@context': [legacyContext, openBadgesContext],
      validFrom: undefined,
      issuanceDate,
    }
    expect(demand(forgeOpenBadge({ payload })).facts).toMatchObject({
      dataModel: '1.1',
      validFrom: new Date(validFrom),
    })
  })

  it.for([['VerifiableCredential'], ['VerifiableCredential', 'EndorsementCredential'], 'x', [1]])(
    'is not one with the type %j, so that a JWT without typ stays a stranger (S-04)',
    (type) => {
      expect(parse(forgeOpenBadge({ payload: { type } }))).toBe('typ_unexpected')
    },
  )

  const until = { validUntil: '2030-06-05T12:00:00Z' }
  const untilSeconds = Date.parse(until.validUntil) / 1000
  it.for<[string, Record<string, unknown>, string]>([
    ['no iss', { iss: undefined }, 'claim_missing'],
    ['no jti', { jti: undefined }, 'claim_missing'],
    ['no sub', { sub: undefined }, 'claim_missing'],
    ['no nbf', { nbf: undefined }, 'claim_missing'],
    ['no exp though it ends', until, 'claim_missing'],
    ['another iss', { iss: 'https://other.example' }, 'claim_mismatch'],
    ['another jti', { jti: 'urn:uuid:2' }, 'claim_mismatch'],
    ['another sub', { sub: 'urn:uuid:2' }, 'claim_mismatch'],
    ['another nbf', { nbf: validFromSeconds - 1 }, 'claim_mismatch'],
    ['another exp', { ...until, exp: untilSeconds + 1 }, 'claim_mismatch'],
    ['an exp though it has no end', { exp: untilSeconds }, 'claim_mismatch'],
    ['a sub though its subject has no id', { credentialSubject: { x: 1 } }, 'claim_mismatch'],
    ['a jti though it has no id', { id: undefined }, 'claim_mismatch'],
  ])('is refused with %s', ([, payload, code]) => {
    expect(parse(forgeOpenBadge({ payload }))).toBe(code)
  })

  it.for<[string, Record<string, unknown>]>([
    ['another nbf', { nbf: validFromSeconds - 1 }],
    ['another exp', { ...until, exp: untilSeconds + 1 }],
  ])('is refused with %s also as vc+jwt', ([, payload]) => {
    expect(parse(forgeVcJwt({ payload: anOpenBadge(payload) }))).toBe('claim_mismatch')
  })

  it('needs no sub when it names its recipient by identifier alone', () => {
    const credentialSubject = { type: ['AchievementSubject'], identifier: [{}] }
    expect(parse(forgeOpenBadge({ payload: { credentialSubject, sub: undefined } }))).toBeTypeOf(
      'object',
    )
  })

  it('compares times to the second', () => {
    const payload = { validFrom: '2026-06-05T14:00:00.999+02:00' }
    expect(parse(forgeOpenBadge({ payload }))).toBeTypeOf('object')
  })
})

describe('a vc claim (VCDM 1.1)', () => {
  it('is read and labelled, with what the claims stand in for', () => {
    expect(demand(forgeLegacy({ claims: { exp: nowSeconds } }))).toMatchObject({
      envelope: 'vc_claim',
      isOpenBadge: false,
      credential: {
        id: names.id,
        issuer: names.issuer,
        issuanceDate: '2026-06-05T12:00:00.000Z',
        credentialSubject: { id: names.subject, name: 'Alva Exempelsson' },
      },
      facts: { dataModel: '1.1', validUntil: new Date(nowSeconds * 1000) },
    })
  })

  it('may hold an Open Badge, and keeps the issuer’s name', () => {
    const { name, ...badge } = anOpenBadge()
    const token = forgeLegacy({
      header: {},
      vc: { ...badge, '@context': [legacyContext, openBadgesContext] },
    })
    expect(demand(token)).toMatchObject({
      envelope: 'vc_claim',
      isOpenBadge: true,
      credential: { issuer: { name: 'Exempeluniversitetet' } },
    })
  })

  it.for<[string, Parameters<typeof forgeLegacy>[0], string]>([
    ['the newer context', { vc: { '@context': aCredential()['@context'] } }, 'context_unexpected'],
    ['a vp claim', { claims: { vp: {} } }, 'vc_claim_unexpected'],
    ['another issuer', { vc: { issuer: 'https://other.example' } }, 'claim_mismatch'],
    ['another id', { vc: { id: 'urn:uuid:2' } }, 'claim_mismatch'],
    ['another subject', { vc: { credentialSubject: { id: 'urn:uuid:2' } } }, 'claim_mismatch'],
    ['no issuer at all', { claims: { iss: undefined } }, 'credential_malformed'],
    ['an exp that is a text', { claims: { exp: '2030' } }, 'credential_malformed'],
    ['a text as vc', { claims: { vc: 'oops' } }, 'typ_unexpected'],
    ['the typ vc+jwt', { header: { typ: 'vc+jwt' } }, 'vc_claim_unexpected'],
  ])('is refused with %s', ([, legacy, code]) => {
    expect(parse(forgeLegacy(legacy))).toBe(code)
  })

  it('needs the claims of an Open Badge when it is one', () => {
    const vc = { ...anOpenBadge(), '@context': [legacyContext, openBadgesContext] }
    const { nbf, ...claims } = openBadgeClaims
    expect(parse(forgeJwt({ payload: { ...claims, vc } }))).toBe('claim_missing')
  })
})

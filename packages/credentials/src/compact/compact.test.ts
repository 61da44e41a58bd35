import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { anAwardRecord, awardRecords } from '../../test/award-records.ts'
import {
  aContext,
  issuer,
  issuerSigner,
  signStatusList,
  statusUri,
  strangerSigner,
} from '../../test/issued-credential.ts'
import { MicroCredential } from '../formats/micro-credential.ts'
import { signJws } from '../jose/jws.ts'
import { accept, refuse } from '../result.ts'
import { verifyCompactCredential } from '../verification/verify-compact-credential.ts'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { normaliseCompact } from './normalise-compact.ts'
import { maxPrintedCharacters, packJws, unpackJws } from './packing.ts'
import { parseCompactCredential } from './parse-compact.ts'
import { projectCompact } from './project-compact.ts'
import { signCompactCredential } from './sign-compact.ts'

const id = '0190c1a2-0000-7000-8000-000000000003'

const sign = (record = anAwardRecord(), change = {}) =>
  signCompactCredential({
    claims: projectCompact(record, { issuer }),
    issuer,
    id: `urn:uuid:${id}`,
    issuedAt: new Date('2026-06-05T12:00:00Z'),
    expiresAt: new Date('2028-06-05T12:00:00Z'),
    status: { uri: statusUri, idx: 4 },
    signer: issuerSigner,
    ...change,
  })

async function signed(record = anAwardRecord(), change = {}): Promise<string> {
  const result = await sign(record, change)
  if (!result.ok) throw new Error(result.code)
  return result.value
}

const reasonsOf = async (text: string, context = aContext()) =>
  (await verifyCompactCredential(text, context)).report.checks.map(
    ({ code, outcome, evidence }) => `${code} ${outcome} ${evidence?.reason}`,
  )

describe('Base45', () => {
  it('encodes the examples of RFC 9285', () => {
    expect(encodeBase45(Buffer.from('AB'))).toBe('BB8')
    expect(encodeBase45(Buffer.from('Hello!!'))).toBe('%69 VD92EX0')
    expect(decodeBase45('QED8WEX0')?.toString()).toBe('ietf!')
  })

  it('refuses what encodes no bytes', () => {
    for (const text of ['A', 'GGW', ':::', '::', 'a00', 'ÅÄÖ'])
      expect(decodeBase45(text)).toBeUndefined()
  })

  it('gives every byte back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeBase45(encodeBase45(bytes))).toEqual(Buffer.from(bytes))
      }),
    )
  })
})

describe('a compact credential', () => {
  it('says what somebody with a piece of paper must know', async () => {
    const { report } = await verifyCompactCredential(await signed(), aContext())
    expect(report.outcome).toBe('valid')
    expect(report.microCredentials).toEqual([
      {
        type: 'urn:mikromerit:compact:1',
        title: 'Datadriven affärsutveckling',
        issuer: { name: 'Exempeluniversitetet', country: 'SE', identifier: issuer },
        awardingBodies: [{ name: 'Exempeluniversitetet', country: 'SE' }],
        awardedOn: '2026-06-05',
        issuedAt: '2026-06-05T12:00:00.000Z',
        expiresAt: '2028-06-05T12:00:00.000Z',
        learner: { givenName: 'Alva', familyName: 'Exempelsson' },
        awardId: 'urn:uuid:0190c1a2-0000-7000-8000-0000000000a1',
        achievementId: `${issuer}/achievements/0190a5c4-7d1e-7c3b-9f00-000000000001`,
        workload: {
          hours: 80,
          credits: [{ framework: expect.objectContaining({ label: expect.anything() }), value: 3 }],
        },
        levels: [
          { framework: 'EQF', level: 6, uri: expect.stringContaining('/eqf/6') },
          { framework: 'SeQF', level: 6 },
        ],
        result: { grade: 'G' },
      },
    ])
  })

  it('says that learning was validated, and of what kind the purpose was', async () => {
    const record = anAwardRecord()
    const award = {
      ...record.award,
      validation: { purpose: 'competence' as const, steps: [], methods: ['interview' as const] },
    }
    const { report } = await verifyCompactCredential(await signed({ ...record, award }), aContext())
    expect(report.microCredentials[0]?.validation).toEqual({ purpose: 'competence' })
  })

  it('fits into a QR code that is read from paper, whatever the award', async () => {
    await fc.assert(
      fc.asyncProperty(awardRecords, async (record) => {
        const text = await signed(record)
        expect(text.length).toBeLessThanOrEqual(maxPrintedCharacters)
        const parsed = parseCompactCredential(text)
        const read = parsed.ok ? normaliseCompact(parsed.value.jws.payload) : parsed
        const value = read.ok ? read.value : undefined
        expect([...Compile(MicroCredential).Errors(value)]).toEqual([])
        expect(value?.awardedOn).toBe(record.award.awardedOn)
        expect(value?.learner?.familyName).toBe(record.award.learner.familyName)
        expect(value?.workload?.hours).toBe(record.achievement.workload?.hours)
      }),
      { numRuns: 50 },
    )
    // The published example: version 17 (734 characters) is enough.
    expect((await signed()).length).toBeLessThanOrEqual(734)
  })

  it('is refused, not cut off, when its texts are too long for paper', async () => {
    // Random letters: nothing that packs.
    const long = encodeBase45(Buffer.from(fc.sample(fc.uint8Array({ minLength: 900 }), 1)[0] ?? []))
    const record = anAwardRecord({ achievement: { title: { sv: long.repeat(2).slice(0, 2000) } } })
    expect(await sign(record)).toMatchObject({ ok: false, code: 'compact_unprintable' })
  })

  it('is never valid with another character, unless that changes nothing', async () => {
    const text = await signed()
    const original = unpackJws(text)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: text.length - 1 }),
        fc.constantFrom(...'0A%:'),
        async (at, character) => {
          const altered = text.slice(0, at) + character + text.slice(at + 1)
          const { report } = await verifyCompactCredential(altered, aContext())
          const unpacked = unpackJws(altered)
          const isSame = unpacked.ok && original.ok && unpacked.value === original.value
          if (!isSame) expect(report.outcome).not.toBe('valid')
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('a compact credential is refused', () => {
  const refusal = (text: string) => {
    const parsed = parseCompactCredential(text)
    return parsed.ok ? undefined : parsed.code
  }

  it('when it unpacks to more than any credential', () => {
    const bomb = deflateRawSync(Buffer.alloc(1_000_000, 'a'))
    expect(refusal(`MM1:${encodeBase45(bomb)}`)).toBe('compact_deflate')
  })

  it('when it is longer than a QR code can be', () => {
    expect(refusal(`MM1:${'0'.repeat(5_000)}`)).toBe('compact_too_large')
  })

  it('when it is another thing, or damaged', () => {
    expect(refusal('MM2:BB8')).toBe('compact_prefix')
    expect(refusal('MM1:abc')).toBe('compact_base45')
    expect(refusal('MM1:BB8')).toBe('compact_deflate')
    expect(refusal(`MM1:${encodeBase45(deflateRawSync('{}\n{}'))}`)).toBe('compact_frame')
  })

  it('when it is another token of the same issuer', async () => {
    const payload = { iss: issuer, t: 'Titel' }
    const token = await signJws({ header: { typ: 'JWT' }, payload, signer: issuerSigner })
    expect(refusal(packJws(token))).toBe('compact_type')
    const nameless = await signJws({
      header: { typ: 'mm+jwt' },
      payload: { t: 'Titel' },
      signer: issuerSigner,
    })
    expect(refusal(packJws(nameless))).toBe('compact_claims')
  })

  it('when somebody else signed it', async () => {
    const text = await signed(anAwardRecord(), { signer: strangerSigner })
    expect(await reasonsOf(text)).toContain('signature invalid signature_invalid')
  })

  it('when it was revoked, has expired, or the competence has lapsed', async () => {
    const revoked = aContext({
      fetchStatusListToken: async () => accept(await signStatusList({ value: 1 })),
    })
    expect(await reasonsOf(await signed(), revoked)).toContain('status invalid revoked')
    const expired = await signed(anAwardRecord(), { expiresAt: new Date('2026-06-09T12:00:00Z') })
    expect(await reasonsOf(expired)).toContain('validity_period invalid expired')
    const lapsed = await signed(anAwardRecord({ award: { validUntil: '2026-06-09' } }))
    expect(await reasonsOf(lapsed)).toContain('validity_period invalid achievement_expired')
  })

  it('as an answer to a request: it is bound to nobody', async () => {
    const context = aContext({ keyBinding: { nonce: 'n-1', audience: 'x', maxAgeSeconds: 60 } })
    expect(await reasonsOf(await signed(), context)).toContain(
      'key_binding invalid key_binding_invalid',
    )
  })
})

it('is undetermined, never valid, without network for the status or an unknown issuer', async () => {
  const offline = aContext({
    fetchStatusListToken: async () => refuse('unreachable', 'No network.'),
  })
  const { report } = await verifyCompactCredential(await signed(), offline)
  expect(report.outcome).toBe('undetermined')
  const stranger = await signed(anAwardRecord(), { issuer: 'https://stranger.example' })
  expect(await reasonsOf(stranger)).toContain('issuer_key undetermined issuer_untrusted')
})

import { isDeepStrictEqual } from 'node:util'
import type { MicroCredential } from '@mikromerit/credentials'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awardRecords } from '../../../test/arbitrary-record.ts'
import { now, readDocument } from '../../../test/elmo-files.ts'
import { hasPublishedElmo, openElmoValidator } from '../../../test/elmo-schema.ts'
import { listEntries } from '../map/list-entries.ts'
import { toMicroCredential } from '../map/to-micro-credential.ts'
import { writeElmo } from '../write-elmo.ts'
import { writeHeldElmo } from './held-elmo.ts'

const readAll = (xml: string) =>
  listEntries(readDocument(xml)).map((entry) => toMicroCredential(entry, 'sv'))

/** Any micro-credential, with every member that ELMO has a place for. */
const microCredentials = awardRecords.map((record): MicroCredential => {
  const [read] = readAll(
    writeElmo({ learner: record.award.learner, records: [record], generatedAt: now }).xml,
  )
  if (!read) throw new Error('An award was not read.')
  return read
})

const files = [{ mediaType: 'application/vc+jwt', content: Buffer.from('a.b.c') }]
const write = (...[first, ...others]: [MicroCredential, ...MicroCredential[]]) => {
  const hold = (microCredential: MicroCredential) => ({ microCredential, files })
  return writeHeldElmo({ held: [hold(first), ...others.map(hold)], generatedAt: now })
}

describe('writeHeldElmo', () => {
  it('keeps every mapped member of what is held, there and back', () => {
    fc.assert(
      fc.property(microCredentials, (held) => {
        const xml = write(held)
        const { findings } = readDocument(xml)
        expect(findings.map(({ code }) => code)).not.toContain('ELMO_EXTENSION_INVALID')
        expect(readAll(xml)).toEqual([held])
      }),
      { numRuns: 40 },
    )
  })

  it('writes one report per award, each with its signed credential', () => {
    const minimal = { type: 'x', title: 'Svetsning', issuer: { name: 'Skolan' } }
    const { reports, signature } = readDocument(write(minimal, { ...minimal, title: 'Ritning' }))
    expect(signature.status).toBe('unsigned')
    expect(reports.map(({ attachments }) => attachments)).toMatchObject([
      [
        {
          identifiers: ['credential-1-1'],
          contents: [{ mediaType: 'application/vc+jwt', bytes: 5 }],
        },
      ],
      [{ identifiers: ['credential-2-1'] }],
    ])
    expect(reports[1]?.opportunities[0]?.attachments).toEqual(['credential-2-1'])
  })

  it("says that it is the holder's copy, in Swedish and English", () => {
    const xml = write({ type: 'x', title: 'Svetsning', issuer: {} })
    expect(xml).toMatch(/<holderCopy xmlns="urn:mikromerit:elmo:1">\s*<text xml:lang="sv">/)
    expect(xml).toContain("Holder's copy.")
    expect(xml).not.toContain('Signature')
  })

  it('leaves out what a reader would refuse, and keeps the rest', () => {
    const held = { type: 'x', title: 'Svetsning', issuer: { name: 'Skolan' } }
    const strange = { ...held, awardedOn: 'yesterday', prerequisites: ['x'.repeat(9_000)] }
    const { findings } = readDocument(write({ ...strange, learningOutcomes: ['kan svetsa'] }))
    expect(findings.map(({ code }) => code)).not.toContain('ELMO_EXTENSION_INVALID')
    const [read] = readAll(write({ ...strange, learningOutcomes: ['kan svetsa'] }))
    expect(read).toMatchObject({ title: 'Svetsning', learningOutcomes: ['kan svetsa'] })
    expect(isDeepStrictEqual(read?.prerequisites, undefined)).toBe(true)
  })
})

describe.skipIf(!hasPublishedElmo)('the published ELMO 1.7.0 schema', () => {
  it('finds nothing wrong with what a holder takes along', () => {
    const validate = openElmoValidator()
    const held = { type: 'x', title: 'Svetsning', issuer: { country: 'AX' } }
    expect(validate(write(held, { ...held, awardedOn: 'yesterday' }))).toEqual([])
    fc.assert(
      fc.property(microCredentials, (any) => {
        expect(validate(write(any, any))).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})

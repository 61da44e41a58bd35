import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import { elmComponents, elmIssuer, elmOptions, elmValidation } from '../../../test/elm-documents.ts'
import {
  isPublishedHere,
  parsePublished,
  publishedContexts,
  readShapes,
} from '../../../test/linked-data.ts'
import { richAwardRecords } from '../../../test/rich-award-records.ts'
import { buildStatusEntry } from '../../bitstring-status-list/status-entry.ts'
import type { AwardRecord } from '../../domain/award.ts'
import type { ElmOptions } from './elm-options.ts'
import { projectElm, projectElmVc11 } from './project-elm.ts'

const status = buildStatusEntry({
  listUrl: `${elmIssuer}/status/1`,
  index: 4711,
  purpose: 'revocation',
})
const agent = { legalName: { sv: 'Universitetskanslersämbetet' }, country: 'SE' }
const validated = anAwardRecord({
  achievement: { setting: 'informal', partOf: [{ title: { sv: 'Lagerarbetare' } }] },
  award: { validation: elmValidation, awardingBodies: [{ legalName: { sv: 'Branschrådet' } }] },
})
const project = (record: AwardRecord, more: Partial<ElmOptions> = {}) =>
  projectElm(record, { ...elmOptions, ...more }).credential
const projectVc11 = (record: AwardRecord, more: Partial<ElmOptions> = {}) =>
  projectElmVc11(record, { ...elmOptions, ...more }).credential

// Any structured status entry is one fault: the shape wants the address of a status (domain.md 3.1, point 10).
const known = ['credentialStatus DatatypeConstraintComponent']

const generic = ['shacl/EDC-generic-no-cv.ttl', 'shacl/EDC-generic-full.ttl'] as const

describe.skipIf(!isPublishedHere)('the shapes of the EU', { timeout: 120_000 }, () => {
  const findFaults = isPublishedHere ? readShapes(...generic) : async () => []

  it('find the one known fault with a credential of ours', async () => {
    expect(await findFaults(project(anAwardRecord(), { status }))).toEqual(known)
  })

  it('find no other with a validation and with a composite', async () => {
    expect(await findFaults(project(validated))).toEqual([])
    expect(
      await findFaults(project(anAwardRecord(), { components: elmComponents, status })),
    ).toEqual(known)
  })

  it('find none in the form of VC 1.1', async () => {
    expect(await findFaults(projectVc11(anAwardRecord()), publishedContexts())).toEqual([])
    expect(await findFaults(projectVc11(validated), publishedContexts())).toEqual([])
  })

  it('find none with any award', async () => {
    const anyAward = fc.asyncProperty(richAwardRecords, async (record) => {
      expect(await findFaults(project(record))).toEqual([])
    })
    await fc.assert(anyAward, { numRuns: 5 })
  })

  it('find one with an award whose grade was taken out', async () => {
    const text = JSON.stringify(projectVc11(anAwardRecord())).replace('"grade":', '"report":')
    expect(await findFaults(JSON.parse(text), publishedContexts())).not.toEqual([])
  })
})

describe.skipIf(!isPublishedHere)(
  'the shapes of the accredited profile',
  { timeout: 120_000 },
  () => {
    const findFaults = isPublishedHere
      ? readShapes(...generic, 'shacl/EDC-accredited.ttl')
      : async () => []
    const accredited = anAwardRecord({
      achievement: {
        qualityAssurance: [
          { type: 'institutional_qa', agent, limits: { levels: [6], fields: ['06', '0688'] } },
          { type: 'programme_licence' },
        ],
      },
    })

    it('find no fault with an accredited credential but the known one', async () => {
      const more = { profile: 'accredited' as const }
      expect(await findFaults(project(accredited, { ...more, status }))).toEqual(known)
      expect(await findFaults(projectVc11(accredited, more), publishedContexts())).toEqual([])
    })

    it('find the evidence missing in a generic one', async () => {
      expect(await findFaults(project(accredited))).toEqual([
        'evidence MinCountConstraintComponent',
      ])
    })
  },
)

describe.skipIf(!isPublishedHere)('the JSON Schema of ELM 3.2', { timeout: 30_000 }, () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  if (isPublishedHere) ajv.addSchema(parsePublished('schema/ebsi-attestation-vcdm2.schema.json'))
  const validate = isPublishedHere
    ? ajv.compile(parsePublished('schema/edc-vcdm2-elm32.schema.json'))
    : undefined
  // It demands a third type, and knows no status entry of W3C (domain.md 3.2).
  const faultsOf = (credential: Readonly<Record<string, unknown>>) => {
    const type = ['VerifiableCredential', 'VerifiableAttestation', 'EuropeanDigitalCredential']
    validate?.({ ...credential, type })
    return (validate?.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }

  it('finds no fault with a course, a validation, a composite and an accredited one', () => {
    expect(faultsOf(project(anAwardRecord(), { withBirthDate: true }))).toEqual([])
    expect(faultsOf(project(validated))).toEqual([])
    expect(faultsOf(project(anAwardRecord(), { components: elmComponents }))).toEqual([])
    const qualityAssurance = [{ type: 'programme_qa', agent, decidedOn: '2024-03-12' }]
    const accredited = anAwardRecord({ achievement: { qualityAssurance } })
    expect(faultsOf(project(accredited, { profile: 'accredited' }))).toEqual([])
  })

  it('finds none with any award, in the languages it knows and with one identifier', () => {
    fc.assert(
      fc.property(richAwardRecords, (record) => {
        const national: AwardRecord = JSON.parse(
          JSON.stringify(record).replaceAll('"en-GB"', '"en"'),
        )
        const { achievement } = national
        const identifiers = achievement.identifiers?.slice(0, 1) ?? []
        expect(
          faultsOf(project({ ...national, achievement: { ...achievement, identifiers } })),
        ).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  it('finds fault with a credential that lacks what it demands', () => {
    const { displayParameter: _, ...credential } = project(anAwardRecord())
    expect(faultsOf(credential)).toEqual([" must have required property 'displayParameter'"])
  })
})

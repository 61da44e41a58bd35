import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import jsonld from 'jsonld'
import { describe, expect, it } from 'vitest'
import { anAwardRecord, awardRecords } from '../../../test/award-records.ts'
import { buildStatusEntry } from '../../bitstring-status-list/status-entry.ts'
import { type OpenBadgeOptions, projectOpenBadge } from './project-open-badge.ts'

const issuer = 'https://issuer.example.se/exempeluniversitetet'
const options: OpenBadgeOptions = { issuer, validFrom: new Date('2026-06-05T12:00:00.987Z') }

type Members = Record<string, unknown>
interface Badge extends Members {
  credentialSubject: Members & { achievement: Members & { alignment: Members[] } }
}

// What was projected, with the parts that tests look into.
const project = (record = anAwardRecord(), more: Partial<OpenBadgeOptions> = {}) =>
  projectOpenBadge(record, { ...options, ...more }).credential as Badge

const validation = {
  purpose: 'competence' as const,
  standard: { title: { sv: 'Branschstandard för lagerarbete' }, version: '2025' },
  steps: [],
  methods: ['interview' as const],
}

const shared = join(import.meta.dirname, '../../../../../../shared')
const schemaFile = join(shared, 'elm/openbadges/ob_v3p0_achievementcredential_schema.json')
const exampleFile = join(shared, 'elm/examples/ob3.openbadge.json')

describe.skipIf(!existsSync(schemaFile))('the JSON Schema of 1EdTech', () => {
  const ajv = new Ajv2019({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const validate = existsSync(schemaFile)
    ? ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')))
    : undefined
  const faultsOf = (badge: unknown) => {
    validate?.(badge)
    return (validate?.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }

  it('finds no fault with a badge of ours', () => {
    const status = buildStatusEntry({ listUrl: `${issuer}/s`, index: 1, purpose: 'revocation' })
    const awardingBodies = [{ legalName: { sv: 'Branschrådet' }, country: 'SE' }]
    const record = anAwardRecord({
      award: { validation, awardingBodies, validUntil: '2031-01-01' },
    })
    expect(faultsOf(project())).toEqual([])
    expect(
      faultsOf(project(record, { status, locale: 'en', image: 'https://x.example/y' })),
    ).toEqual([])
  })

  it('finds none with any award', () => {
    fc.assert(
      fc.property(awardRecords, (record) => {
        expect(faultsOf(project(record))).toEqual([])
      }),
    )
  })

  it('finds one with a second status, which only the data model allows', () => {
    const entries = (['revocation', 'suspension'] as const).map((purpose, index) =>
      buildStatusEntry({ listUrl: `${issuer}/s/${index}`, index, purpose }),
    )
    expect(faultsOf(project(anAwardRecord(), { status: entries }))).not.toEqual([])
  })
})

const contexts = join(shared, 'vectors/contexts')

describe.skipIf(!existsSync(contexts))('the JSON-LD contexts of W3C and 1EdTech', () => {
  it('define every term that a badge of ours uses', async () => {
    const index = JSON.parse(readFileSync(join(contexts, 'index.json'), 'utf8'))
    const documentLoader = async (documentUrl: string) => ({
      documentUrl,
      document: JSON.parse(readFileSync(join(contexts, index[documentUrl].file), 'utf8')),
    })
    const status = buildStatusEntry({ listUrl: `${issuer}/s`, index: 1, purpose: 'revocation' })
    const awardingBodies = [{ legalName: { sv: 'Branschrådet' }, country: 'SE' }]
    const record = anAwardRecord({ award: { validation, awardingBodies } })
    // Its type is defined by none of the contexts (domain.md 3.3).
    const { credentialSchema, ...badge } = project(record, { status, image: `${issuer}/b.png` })
    // Safe mode throws on whatever expansion would drop; the published types do not know it.
    const safe = { documentLoader, safe: true } as Parameters<typeof jsonld.expand>[1]
    await expect(jsonld.expand(badge as object, safe)).resolves.toHaveLength(1)
    await expect(jsonld.expand({ ...badge, undefinedTerm: 1 } as object, safe)).rejects.toThrow()
  })
})

describe.skipIf(!existsSync(exampleFile))('the reference example', () => {
  it('is carried by what the projection makes of the same award', () => {
    const example = JSON.parse(readFileSync(exampleFile, 'utf8'))
    const { credentialSubject: published } = example
    const badge = project()
    const urls = (alignments: readonly Members[]) => alignments.map(({ targetUrl }) => targetUrl)
    expect(urls(badge.credentialSubject.achievement.alignment)).toEqual(
      expect.arrayContaining(urls(published.achievement.alignment)),
    )
    for (const name of ['@context', 'type', 'name', 'validFrom', 'awardedDate', 'credentialSchema'])
      expect(badge[name]).toEqual(example[name])
    const { id, type, achievementType, name, description, inLanguage, creditsAvailable } =
      published.achievement
    expect(badge.credentialSubject.achievement).toMatchObject({
      id,
      type,
      achievementType,
      name,
      description,
      inLanguage,
      creditsAvailable,
    })
    expect(badge.credentialSubject.result).toEqual(published.result)
  })
})

import {
  Achievement,
  Award,
  type AwardRecord,
  creditFrameworks,
  isObject,
  Organisation,
} from '@mikromerit/credentials'
import fc from 'fast-check'
import Value from 'typebox/value'

/** Words as people write them: no white space but single spaces, nothing that XML cannot hold. */
export const words = fc
  .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
  .map((text) => text.replace(/[\p{C}\s]+/gu, ' ').trim())
  .filter((text) => text !== '')

const texts = fc.dictionary(fc.constantFrom('sv', 'en', 'fi', 'nb-NO'), words, {
  minKeys: 1,
  maxKeys: 3,
})
const days = fc.constantFrom('2026-03-30', '2026-05-29', '2026-06-05', '2031-12-31')
const addresses = fc.constantFrom('https://example.org/a?b=1&c=%22', 'urn:example:å:1')

/** Members whose patterns leave too little to chance, or too much. */
const special: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  id: fc.constantFrom('lo-1', 'lo-2', 'x.1'),
  outcomeId: fc.constantFrom('lo-1', 'lo-2'),
  scheme: fc.constantFrom('ladok', 'seqf', 'local', 'organisationsnummer'),
  framework: fc.constantFrom('EQF', 'SeQF', 'NLQF'),
  credentialValidity: fc.constantFrom('P5Y', 'P6M'),
  maxAge: fc.constantFrom('P5Y', 'P1Y6M'),
  digest: fc.constant('sha256-LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564='),
  credentialDigest: fc.constant('sha256-LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564='),
  country: fc.constantFrom('SE', 'FI', 'NO'),
}

/** A value of every kind that a schema allows: what the domain gains is tried without a word here. */
function arbitraryOf(schema: unknown, name = ''): fc.Arbitrary<unknown> {
  if (!isObject(schema)) return words
  if (isObject(schema.patternProperties)) return texts
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'integer') return fc.integer({ min: 1, max: 8 })
  if (schema.type === 'number') return fc.integer({ min: 1, max: 3000 }).map((value) => value / 40)
  if (schema.type === 'array') {
    return fc.array(arbitraryOf(schema.items, name), { minLength: 1, maxLength: 3 })
  }
  if (schema.type === 'object' && isObject(schema.properties))
    return arbitraryObject(schema.properties, schema.required)
  return arbitraryText(schema, name)
}

function arbitraryText(
  schema: Readonly<Record<string, unknown>>,
  name: string,
): fc.Arbitrary<unknown> {
  const chosen = special[name]
  if (chosen && !(name === 'scheme' && Array.isArray(schema.anyOf))) return chosen
  if (schema.format === 'date') return days
  if (schema.format === 'uuid') return fc.uuid()
  if (schema.format === 'email') return fc.constant('alva@example.org')
  if (typeof schema.pattern === 'string' && schema.pattern.startsWith('^(?:https?'))
    return addresses
  if (schema.pattern === '^\\S+$')
    return fc.constantFrom('project_work', 'http://data.europa.eu/snb/isced-f/0688', '0688')
  return typeof schema.pattern === 'string'
    ? fc.stringMatching(new RegExp(schema.pattern), { maxLength: 30 })
    : words
}

/** The schema lets a draft be without; nothing is awarded before the rules of domain.md section 8 are kept. */
const demandedByRules = new Set([
  'learningOutcomes',
  'types',
  'modes',
  'languages',
  'qualityAssurance',
])

function arbitraryObject(properties: Readonly<Record<string, unknown>>, required: unknown) {
  const requiredKeys = Array.isArray(required) ? required.map(String) : []
  const members = Object.entries(properties).map(([name, schema]) => {
    const member = arbitraryOf(schema, name)
    // Lists that must be there and may be empty; an optional one that is empty says the same as none.
    const { type, minItems } = isObject(schema) ? schema : {}
    const mayBeEmpty =
      type === 'array' &&
      minItems === undefined &&
      requiredKeys.includes(name) &&
      !demandedByRules.has(name)
    return [name, mayBeEmpty ? fc.oneof(member, fc.constant([])) : member] as const
  })
  // Credits are counted in systems, levels in frameworks; the member has one name.
  const systems = creditFrameworks.concepts.map(({ uri }) => uri)
  if ('framework' in properties && 'value' in properties)
    members.push(['framework', fc.constantFrom(...systems)])
  return fc.record(Object.fromEntries(members), { requiredKeys })
}

/** Stored awards of every shape that the schemas allow. */
export const awardRecords: fc.Arbitrary<AwardRecord> = fc
  .record({
    organisation: arbitraryOf(Organisation),
    achievement: arbitraryOf(Achievement),
    award: arbitraryOf(Award),
    ids: fc.tuple(fc.uuid(), fc.uuid()),
  })
  .map(({ organisation, achievement, award, ids: [achievementId, id] }) => ({
    organisation: Object.assign({}, organisation, { id: 'exempeluniversitetet' }),
    achievement: Object.assign({}, achievement, { id: achievementId }),
    award: Object.assign({}, award, { id, achievementId }),
  }))
  .filter(isRecord)

function isRecord(record: {
  organisation: unknown
  achievement: unknown
  award: unknown
}): record is AwardRecord {
  return (
    Value.Check(Organisation, record.organisation) &&
    Value.Check(Achievement, record.achievement) &&
    Value.Check(Award, record.award)
  )
}

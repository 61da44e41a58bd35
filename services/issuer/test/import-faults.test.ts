import { createSoftwareSigner, generateSigningKey } from '@mikromerit/credentials'
import { signDocument } from '@mikromerit/exchange'
import { openCertificateAuthority } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anElmo, anOpportunity } from '../../../packages/exchange/test/elmo-files.ts'
import { aWorkbook } from '../../../packages/exchange/test/workbooks.ts'
import { aCsvFile, aCsvRow, importFile, type SendOptions } from './import-files.ts'
import { anAchievement, anAwardDraft, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
let achievementId: string
beforeAll(async () => {
  issuer = await startIssuer()
  const identifiers = [{ scheme: 'kurskod', value: 'EX123U' }]
  achievementId = (await issuer.given(anAchievement({ identifiers }))).id
})
afterAll(() => issuer.close())

const own = '<identifier type="mikromeritOrganisationId">ri-se</identifier>'
const anOwnElmo = (parts: Parameters<typeof anElmo>[0] = {}) => anElmo({ issuer: own, ...parts })
const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
const sheet = (...rows: string[]) =>
  aWorkbook({ rows: rows.map((row) => `<row>${row}</row>`).join('') })
const sheetHeader = ['Efternamn', 'Tilldelad', 'Betyg'].map(inline).join('')

interface Fault {
  readonly code: string
  readonly severity?: string
  readonly row?: number
  readonly column?: number
  readonly line?: number
  readonly path?: string
  readonly relatedRow?: number
}

/** Imports what must be refused, and shows that no award came of it. */
async function refusalOf(file: string | Buffer, options: SendOptions = {}) {
  const before = await issuer.count('awards')
  const query = { achievementId, ...options.query }
  const { job, rows } = await importFile(issuer, file, { ...options, query })
  expect(await issuer.count('awards')).toBe(before)
  expect(job.state).toBe('refused')
  // Neither the job nor its rows repeat what was received.
  expect(JSON.stringify([job, rows])).not.toMatch(/Hemlig/)
  const findings: Fault[] = [...job.findings, ...rows.flatMap(({ findings: found = [] }) => found)]
  return findings.filter(({ severity }) => severity === 'error')
}

const bomb = `<?xml version="1.0"?>
<!DOCTYPE elmo [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<elmo>&b;</elmo>`
const external = `<?xml version="1.0"?>
<!DOCTYPE elmo [<!ENTITY file SYSTEM "file:///etc/passwd">]>
<elmo>&file;</elmo>`
const deep = `<elmo>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</elmo>`

describe('a row that no database can hold', () => {
  const aJsonFile = (change: object) =>
    JSON.stringify([anAwardDraft({ achievementId, sourceReference: 'rad-x', ...change })])

  it.for<[string, () => string, string, string]>([
    [
      'a day of the year 0',
      () => aCsvFile(aCsvRow({ day: '0000-01-01' })),
      'text/csv',
      'DATE_INVALID',
    ],
    [
      'a null character in its reference',
      () => aJsonFile({ sourceReference: 'a\0b' }),
      'application/json',
      'TEXT_UNWRITABLE',
    ],
    [
      'half a letter in its reference',
      () => aJsonFile({ sourceReference: 'a\ud800b' }),
      'application/json',
      'TEXT_UNWRITABLE',
    ],
  ])('is refused with its place, and the job ends: %s', async ([, file, type, code]) => {
    const faults = await refusalOf(file(), { type })
    expect(faults).toMatchObject([{ code, row: expect.any(Number) }])
  })
})

describe('a file that is refused', () => {
  const elmo = { type: 'application/xml' }
  const json = { type: 'application/json' }
  const xlsx = { query: { format: 'xlsx' } }
  it.each<[string, () => string | Buffer, SendOptions, Fault]>([
    ['an XML bomb', () => bomb, elmo, { code: 'XML_DOCTYPE', line: 2 }],
    ['an external entity', () => external, elmo, { code: 'XML_DOCTYPE', line: 2 }],
    ['endless nesting', () => deep, elmo, { code: 'XML_TOO_COMPLEX', line: 1 }],
    ['broken XML', () => '<elmo><learner></elmo>', elmo, { code: 'XML_MALFORMED', line: 1 }],
    ['XML that is no ELMO', () => '<catalogue/>', elmo, { code: 'ELMO_ROOT', line: 1 }],
    [
      'a row of a million columns',
      () => aCsvFile(`Hemlig${';'.repeat(1_000_000)}`),
      {},
      { code: 'IMPORT_ROW_TOO_LONG', row: 2 },
    ],
    [
      'a row of too many columns',
      () => aCsvFile(`Hemlig${';'.repeat(300)}`),
      {},
      { code: 'IMPORT_TOO_MANY_COLUMNS', row: 2 },
    ],
    [
      'an endless row',
      () => aCsvFile(`"${'Hemlig'.repeat(50_000)}"`),
      {},
      { code: 'IMPORT_ROW_TOO_LONG', row: 2 },
    ],
    [
      'an open quotation mark',
      () => aCsvFile('"Hemlig;A;2026'),
      {},
      { code: 'IMPORT_QUOTES', row: 2 },
    ],
    [
      'a workbook that unpacks to a thousand times its size',
      () => aWorkbook({ rows: `<row ht="${'0'.repeat(500)}"></row>`.repeat(60_000) }),
      xlsx,
      { code: 'IMPORT_ARCHIVE_UNSAFE' },
    ],
    [
      'a damaged workbook',
      () => Buffer.from('PK\u0003\u0004nonsense'),
      xlsx,
      { code: 'IMPORT_FORMAT' },
    ],
    [
      'a workbook with a password',
      () => Buffer.from('d0cf11e0a1b11ae100', 'hex'),
      xlsx,
      { code: 'IMPORT_ENCRYPTED' },
    ],
    [
      'a header that misses what is needed',
      () => 'Efternamn;Betyg\nHemlig;G\n',
      {},
      { code: 'IMPORT_COLUMN_MISSING', row: 1 },
    ],
    [
      'a column of personal identity numbers, before a row is read',
      () => 'Efternamn;Tilldelad;Personnummer\nHemlig;2026-06-05;199405170000\n',
      {},
      { code: 'PERSONNUMMER_IN_TEXT', row: 1, column: 3 },
    ],
    [
      'a formula in a cell',
      () => aCsvFile(aCsvRow({ name: '=1+1' })),
      {},
      { code: 'IMPORT_FORMULA', row: 2, column: 1 },
    ],
    [
      'a formula in a workbook',
      () => sheet(sheetHeader, `<c><f>1+1</f><v>2</v></c>${inline('2026-06-05')}${inline('G')}`),
      xlsx,
      { code: 'IMPORT_FORMULA', row: 2, column: 1 },
    ],
    [
      'one reference on two rows',
      () => aCsvFile(aCsvRow({ reference: 'dup' }), aCsvRow({ reference: 'dup' })),
      {},
      { code: 'IMPORT_REFERENCE_REPEATED', row: 3, column: 5, relatedRow: 2 },
    ],
    [
      'credits that are not the definition’s',
      () => 'Efternamn;Tilldelad;Betyg;Poäng\nHemlig;2026-06-05;G;750\n',
      {},
      { code: 'WORKLOAD_CONTRADICTS', row: 2, column: 4 },
    ],
    [
      'hours that are not the definition’s',
      () => 'Efternamn;Tilldelad;Betyg;Timmar\nHemlig;2026-06-05;G;-1\n',
      {},
      { code: 'WORKLOAD_NOT_POSITIVE', row: 2, column: 4 },
    ],
    [
      'a URI of no code list',
      () =>
        JSON.stringify([
          anAwardDraft({
            achievementId,
            assessments: [{ types: ['written_exam'], mode: 'https://example.org/Hemlig' }],
          }),
        ]),
      json,
      { code: 'CODE_UNKNOWN', row: 1 },
    ],
    [
      'a remote JSON-LD context, which nobody fetches',
      () =>
        JSON.stringify([
          { ...anAwardDraft({ achievementId }), '@context': 'https://attacker.example/Hemlig' },
        ]),
      json,
      { code: 'VALUE_UNKNOWN', row: 1, line: 1 },
    ],
    [
      'UTF-8 with a broken character',
      () =>
        Buffer.concat([
          Buffer.from(`\ufeff${aCsvFile(aCsvRow())}`),
          Buffer.from([0x48, 0xc3, 0x28, 0x0a]),
        ]),
      {},
      { code: 'IMPORT_ENCODING', line: 3 },
    ],
    [
      'UTF-16 that breaks off within a character',
      () => Buffer.from(`\ufeff${aCsvFile(aCsvRow())}x`, 'utf16le').subarray(0, -1),
      {},
      { code: 'IMPORT_ENCODING', line: 3 },
    ],
    [
      'a byte of no encoding',
      () => Buffer.concat([Buffer.from(aCsvFile()), Buffer.from([0x48, 0x81, 0x0a])]),
      {},
      { code: 'IMPORT_ENCODING', line: 2 },
    ],
    [
      'an external entity within a workbook',
      () =>
        aWorkbook({
          rows: '',
          files: {
            'xl/sharedStrings.xml':
              '<!DOCTYPE x [<!ENTITY Hemlig SYSTEM "file:///etc/passwd">]><sst/>',
          },
        }),
      xlsx,
      { code: 'XML_DOCTYPE' },
    ],
    [
      'an endless list of namespaces',
      () =>
        `<elmo>${Array.from({ length: 3 }, (_, at) => `<a ${Array.from({ length: 30 }, (_none, n) => `xmlns:p${at}x${n}="u"`).join(' ')}>`).join('')}`,
      elmo,
      { code: 'XML_TOO_COMPLEX', line: 1 },
    ],
    ['JSON that breaks off', () => '[{"achievementId":', json, { code: 'JSON_MALFORMED', row: 1 }],
    ['JSON without end', () => `[${'['.repeat(10_000)}`, json, { code: 'JSON_MALFORMED', row: 1 }],
    [
      'an ELMO report of another organisation',
      () => anElmo(),
      elmo,
      { code: 'ELMO_OTHER_ORGANISATION', row: 1, line: 7 },
    ],
    [
      'ELMO credits that are not the definition’s',
      () =>
        anOwnElmo({
          opportunities: anOpportunity({
            instance:
              '<date>2026-06-05</date><status>passed</status><resultLabel>G</resultLabel><credit><scheme>ects</scheme><value>300</value></credit>',
          }),
        }),
      elmo,
      { code: 'WORKLOAD_CONTRADICTS', row: 1, line: 7 },
    ],
  ])('says what and where: %s', async (_, file, options, fault) => {
    expect(await refusalOf(file(), options)).toContainEqual(expect.objectContaining(fault))
  })

  it('is a signed ELMO file that was altered; untouched it is imported', async () => {
    const opportunities = anOpportunity({
      instance: '<date>2026-06-05</date><status>passed</status><resultLabel>G</resultLabel>',
    })
    const { privateKey, publicJwk } = generateSigningKey()
    const authority = await openCertificateAuthority(issuer.config)
    const day = 24 * 3_600_000
    const now = issuer.clock.now().getTime()
    const x5c = await authority.issueLeaf({
      ...{ publicKey: publicJwk, commonName: 'Exempelinstitutet' },
      ...{ notBefore: new Date(now - day), notAfter: new Date(now + day) },
    })
    const signed = await signDocument(
      anOwnElmo({ opportunities }),
      createSoftwareSigner({ privateKey, x5c }),
    )
    const type = 'application/xml'
    expect(await refusalOf(signed.replace('Åsa', 'Ossian'), { type })).toContainEqual(
      expect.objectContaining({ code: 'ELMO_SIGNATURE_INVALID', path: expect.any(String) }),
    )
    // Wrapped: what was signed is tucked away in another report's signature.
    const forged = signed
      .replace('Åsa', 'Ossian')
      .replace(
        '</ds:Signature>',
        `<Object>${signed.replace(/^<\?xml.*?\?>/, '')}</Object></ds:Signature>`,
      )
    expect(await refusalOf(forged, { type })).toContainEqual(
      expect.objectContaining({ code: 'ELMO_SIGNATURE_INVALID', path: expect.any(String) }),
    )
    const { job, rows } = await importFile(issuer, signed, { type })
    expect(job).toMatchObject({ state: 'completed', progress: { succeeded: 1 }, findings: [] })
    const award = await issuer.as('ri-se', 'awards:read').get(`/awards/${rows[0]?.awardId}`)
    expect(award.json()).toMatchObject({ learner: { givenName: 'Åsa', familyName: 'Öst' } })
  })
})

describe('a file that is taken as it is meant', () => {
  it.each<[string, (text: string) => Buffer]>([
    ['in UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
    ['in UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['in UTF-16, the other way round', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['in the encoding of old Windows', (text) => Buffer.from(text, 'latin1')],
    ['with tabs', (text) => Buffer.from(text.replaceAll(';', '\t'))],
    ['with commas', (text) => Buffer.from(text.replaceAll(';', ','))],
  ])('%s', async (_, encode) => {
    const file = encode(aCsvFile(aCsvRow({ name: 'Åkerblåöm' })))
    const { job, rows } = await importFile(issuer, file, { query: { achievementId } })
    expect(job).toMatchObject({ state: 'completed', progress: { succeeded: 1 } })
    const award = await issuer.as('ri-se', 'awards:read').get(`/awards/${rows[0]?.awardId}`)
    expect(award.json().learner.familyName).toBe('Åkerblåöm')
  })

  it('with the same learner twice, which is said', async () => {
    const one = { name: 'Tvilling', given: 'Ada' }
    const file = aCsvFile(
      aCsvRow({ ...one, reference: 'a-1' }),
      aCsvRow({ ...one, reference: 'a-2' }),
    )
    const { job, rows } = await importFile(issuer, file, { query: { achievementId } })
    expect(job.progress.succeeded).toBe(2)
    expect(rows[1]?.findings).toMatchObject([
      { code: 'LEARNER_DUPLICATE', severity: 'warning', row: 3, relatedRow: 2 },
    ])
  })

  it('without a signature, which is said', async () => {
    const opportunities = anOpportunity({
      instance: '<date>2026-06-06</date><status>passed</status><resultLabel>G</resultLabel>',
    })
    const file = anOwnElmo({ opportunities })
    const { job } = await importFile(issuer, file, { type: 'text/xml' })
    expect(job).toMatchObject({
      state: 'completed',
      progress: { succeeded: 1 },
      findings: [{ code: 'ELMO_UNSIGNED', severity: 'hint' }],
    })
  })
})

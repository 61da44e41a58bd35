import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import { keys, now } from '../../../test/forged-token.ts'
import { buildStatusEntry } from '../../bitstring-status-list/status-entry.ts'
import { importPublicJwk } from '../../jose/jwk.ts'
import { createSoftwareSigner } from '../../jose/signer.ts'
import { signOpenBadgeJwt } from '../../vc-jose/sign-vc-jwt.ts'
import { verifyVcJwt } from '../../vc-jose/verify-vc-jwt.ts'
import { type OpenBadgeOptions, projectOpenBadge } from './project-open-badge.ts'

const issuer = 'https://issuer.example.se/exempeluniversitetet'
const options: OpenBadgeOptions = { issuer, validFrom: new Date('2026-06-05T12:00:00.987Z') }
const achievementUrl = `${issuer}/achievements/0190a5c4-7d1e-7c3b-9f00-000000000001`

type Members = Record<string, unknown>
interface Badge extends Members {
  credentialSubject: Members & { achievement: Members & { alignment: Members[] } }
  evidence: Members[]
}

// What was projected, with the parts that tests look into.
const project = (record = anAwardRecord(), more: Partial<OpenBadgeOptions> = {}) =>
  projectOpenBadge(record, { ...options, ...more }).credential as Badge

const alignmentsOf = ({ credentialSubject }: Badge, targetType: string) =>
  credentialSubject.achievement.alignment
    .filter((alignment) => alignment.targetType === targetType)
    .map(({ targetName, targetUrl }) => [targetName, targetUrl])

const validation = {
  purpose: 'competence' as const,
  standard: { title: { sv: 'Branschstandard för lagerarbete' }, version: '2025' },
  steps: [{ kind: 'in_depth_mapping' as const }, { kind: 'assessment' as const }],
  methods: ['interview' as const, 'practical_test' as const],
  assessors: [{ name: 'Bo Bedömare', role: { sv: 'yrkesbedömare' } }],
}

describe('projectOpenBadge', () => {
  it('says what was achieved, by whom, when and for whom', () => {
    expect(project()).toMatchObject({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: 'Datadriven affärsutveckling',
      issuer: {
        id: issuer,
        name: 'Exempeluniversitetet',
        address: { addressCountry: 'Sverige', addressCountryCode: 'SE' },
        otherIdentifier: [
          { identifier: '999999-9999', identifierType: 'ext:SwedishOrganisationNumber' },
        ],
      },
      validFrom: '2026-06-05T12:00:00Z',
      awardedDate: '2026-06-05T00:00:00Z',
      credentialSubject: {
        activityStartDate: '2026-03-30T00:00:00Z',
        activityEndDate: '2026-05-29T00:00:00Z',
        creditsEarned: 3,
        result: [{ value: 'G', resultDescription: `${achievementUrl}#grade` }],
        achievement: {
          id: achievementUrl,
          achievementType: 'MicroCredential',
          inLanguage: 'sv',
          version: '1',
          creditsAvailable: 3,
          fieldOfStudy: 'ISCED-F 0688',
          related: [{ id: achievementUrl, inLanguage: 'en' }],
          resultDescription: [
            {
              id: `${achievementUrl}#grade`,
              name: 'Betyg (U–G)',
              resultType: 'LetterGrade',
              allowedValue: ['U', 'G'],
              requiredValue: 'G',
            },
          ],
        },
      },
    })
  })

  it('aligns with every element that Open Badges has no property for', () => {
    const badge = project()
    expect(alignmentsOf(badge, 'ext:LearningOutcome')).toEqual([
      ['kan genomföra en affärsanalys med stöd av data', `${achievementUrl}#lo-1`],
      ['kan värdera nya affärsmöjligheter utifrån data', `${achievementUrl}#lo-2`],
    ])
    expect(alignmentsOf(badge, 'ext:ESCO')).toHaveLength(2)
    const urls = (type: string) => alignmentsOf(badge, type).map(([, url]) => url)
    expect(urls('ext:EQF')).toEqual(['http://data.europa.eu/snb/eqf/6'])
    expect(urls('ext:NQF')).toEqual(['http://data.europa.eu/snb/qdr/c_185bb246'])
    expect(urls('ext:ISCEDF')).toEqual(['http://data.europa.eu/snb/isced-f/0688'])
    expect(urls('ext:QualityAssurance')).toEqual([
      'http://data.europa.eu/snb/accreditation/bb4618238e',
    ])
    expect(urls('ext:ParticipationMode')).toEqual([
      'http://data.europa.eu/snb/learning-assessment/920fbb3cbe',
    ])
    expect(urls('ext:AssessmentType')).toEqual(['http://data.europa.eu/snb/assessment/795dac4096'])
    expect(urls('ext:LearningSetting')).toEqual([
      'http://data.europa.eu/snb/learning-setting/6fd4685715',
    ])
    expect(alignmentsOf(badge, 'ext:CreditSystem')).toEqual([
      ['3 ECTS', 'http://data.europa.eu/snb/education-credit/6fcec5c5af'],
    ])
    expect(alignmentsOf(badge, 'ext:NotionalWorkload')).toEqual([
      ['80 h', `${achievementUrl}#workload`],
    ])
  })

  it('writes criteria that people can read', () => {
    const { criteria } = project().credentialSubject.achievement as { criteria?: Members }
    expect(criteria?.narrative).toBe(
      [
        '**Läranderesultat**',
        '- kan genomföra en affärsanalys med stöd av data',
        '- kan värdera nya affärsmöjligheter utifrån data',
        '',
        '**Bedömning**: projektarbete',
        '',
        '**Övervakning och identitetskontroll**: övervakat, med identitetskontroll',
        '',
        '**Betygsskala**: U–G',
        '',
        '**Omfattning**: 80 h / 3 ECTS',
        '',
        '**Deltagandeform**: på distans, nätbaserat',
        '',
        '**Undervisningsspråk**: sv',
        '',
        '**Förkunskaper**: Grundläggande behörighet och minst ett års yrkeserfarenhet.',
        '',
        '**Kan ingå i**: Kandidatprogrammet i affärsutveckling',
        '',
        '**Ytterligare information**: Kursen ges varje termin.',
      ].join('\n'),
    )
  })

  it('shows markup in a text as it was written, and lets none through (S-32)', () => {
    const title = { sv: '<img src=x onerror=alert(1)> [klick](javascript:alert(1))\n# rubrik' }
    const badge = project(anAwardRecord({ achievement: { prerequisites: title } }))
    const { criteria } = badge.credentialSubject.achievement as { criteria?: Members }
    expect(criteria?.narrative).toContain(
      '\\<img src=x onerror=alert(1)\\> \\[klick\\](javascript:alert(1)) # rubrik',
    )
  })

  it('is the same to the last character every time, and another in another language', () => {
    expect(JSON.stringify(project())).toBe(JSON.stringify(project()))
    const english = project(anAwardRecord(), { locale: 'en' })
    expect(english).toMatchObject({
      name: 'Data-driven business development',
      issuer: { name: 'Example University', address: { addressCountry: 'Sweden' } },
      credentialSubject: { achievement: { inLanguage: 'en', related: [{ inLanguage: 'sv' }] } },
    })
    expect(english.id).not.toBe(project().id)
    expect(english.credentialSubject.id).toBe(project().credentialSubject.id)
  })

  it('identifies the badge and its subject by this award alone', () => {
    const other = anAwardRecord()
    const badge = project({
      ...other,
      award: { ...other.award, id: '0190c1a2-0000-7000-8000-0000000000a2' },
    })
    expect(badge.id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/)
    expect(badge.id).not.toBe(project().id)
    expect(badge.credentialSubject.id).not.toBe(project().credentialSubject.id)
    expect(project(other, { subjectId: 'did:example:1' }).credentialSubject.id).toBe(
      'did:example:1',
    )
  })

  it('never carries the birth date, the e-mail address or an identifier not made to be shown', () => {
    const learner = {
      givenName: 'Alva',
      familyName: 'Exempelsson',
      birthDate: '1994-05-17',
      email: 'alva.exempelsson@example.org',
      externalId: 'anstalld-4711',
    }
    const text = JSON.stringify(project(anAwardRecord({ award: { learner } })))
    for (const secret of ['1994-05-17', '@example.org', '4711']) expect(text).not.toContain(secret)
    expect(text).toContain('Alva Exempelsson')
  })

  it('counts credits of other systems as nothing, since nobody could tell them from ECTS', () => {
    const workload = { credits: [{ framework: 'yhp', value: 15 }] }
    const badge = project(anAwardRecord({ achievement: { workload } }))
    expect(badge.credentialSubject).not.toHaveProperty('creditsEarned')
    expect(badge.credentialSubject.achievement).not.toHaveProperty('creditsAvailable')
    expect(alignmentsOf(badge, 'ext:CreditSystem')).toEqual([
      ['15 YHP', 'urn:mikromerit:credit:yhp'],
    ])
  })

  it('says that learning was validated, how and against what, and names no person', () => {
    const badge = project(anAwardRecord({ award: { validation } }))
    expect(badge.evidence).toContainEqual({
      type: ['Evidence'],
      name: 'Branschstandard för lagerarbete (2025)',
      description: 'Kunnandet har erkänts genom validering, utan en kurs.',
      narrative: [
        '**Syfte**: kompetens',
        '**Metoder**: intervju, praktiskt prov',
        '**Standard**: Branschstandard för lagerarbete (2025)',
        '**Bedömt av**: Exempeluniversitetet',
      ].join('\n\n'),
      genre: 'validation',
    })
    expect(JSON.stringify(badge)).not.toContain('Bo Bedömare')
    expect(JSON.stringify(badge)).toContain('**Validering**')
  })

  it('gives a partial recognition its parts, never the name or the credits of the whole', () => {
    const outcomes = [
      { outcomeId: 'lo-1', result: 'achieved' as const },
      { outcomeId: 'lo-2', result: 'not_achieved' as const },
    ]
    const badge = project(anAwardRecord({ award: { validation: { ...validation, outcomes } } }))
    expect(badge.name).toBe('Datadriven affärsutveckling (delvis: 1 av 2 läranderesultat)')
    expect(badge.credentialSubject).not.toHaveProperty('creditsEarned')
    expect(alignmentsOf(badge, 'ext:LearningOutcome')).toHaveLength(1)
    expect(JSON.stringify(badge)).not.toContain('affärsmöjligheter')
  })

  it('names the award behind it, and evidence by description and digest', () => {
    const evidence = [
      {
        kind: 'work_sample' as const,
        description: { sv: 'Rapport' },
        uri: 'https://example.org/rapport',
        digest: 'sha256-LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=',
      },
    ]
    expect(project(anAwardRecord({ award: { evidence } })).evidence).toEqual([
      {
        id: 'urn:uuid:0190c1a2-0000-7000-8000-0000000000a1',
        type: ['Evidence'],
        name: 'Tilldelningsbeslut',
        genre: 'award',
      },
      {
        id: 'https://example.org/rapport',
        type: ['Evidence'],
        name: 'Arbetsprov',
        description: 'Rapport',
        narrative: '**Kontrollsumma**: sha256-LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=',
        genre: 'work_sample',
      },
    ])
  })

  it('names another awarding body as source', () => {
    const awardingBodies = [{ legalName: { sv: 'Branschrådet' }, country: 'SE' }]
    const { source } = project(anAwardRecord({ award: { awardingBodies } })).credentialSubject
    expect(source).toMatchObject({
      id: expect.stringMatching(/^urn:uuid:/),
      name: 'Branschrådet',
      address: { addressCountryCode: 'SE' },
    })
  })

  it('runs out only with the competence', () => {
    expect(project()).not.toHaveProperty('validUntil')
    const badge = project(anAwardRecord({ award: { validUntil: '2031-06-05' } }))
    expect(badge.validUntil).toBe('2031-06-05T23:59:59Z')
  })

  it('carries the status and the picture it is given', () => {
    const status = buildStatusEntry({
      listUrl: `${issuer}/status/1`,
      index: 4712,
      purpose: 'revocation',
    })
    const badge = project(anAwardRecord(), { status, image: `${issuer}/badge.png` })
    expect(badge.credentialStatus).toEqual(status)
    expect(badge.credentialSubject.achievement.image).toEqual({
      id: `${issuer}/badge.png`,
      type: 'Image',
    })
    expect(project()).not.toHaveProperty('credentialStatus')
  })

  it('can be signed as it is, and verified', async () => {
    const signer = createSoftwareSigner({ privateKey: keys.issuer.privateKey })
    const credential = project()
    const token = await signOpenBadgeJwt({ credential, signer, keyUrl: `${issuer}/keys/1` })
    const verified = verifyVcJwt({ token, keys: [importPublicJwk(keys.issuer.publicJwk)], now })
    expect(verified).toMatchObject({ ok: true, value: { envelope: 'open_badge', credential } })
    expect(token.length).toBeLessThan(16_384)
  })
})

describe('the losses', () => {
  const lossesOf = (record = anAwardRecord()) =>
    projectOpenBadge(record, options).losses.map(({ code, pointer }) => `${code} ${pointer}`)

  it('are what one language and few properties leave out', () => {
    expect(lossesOf()).toEqual([
      'LOSS_LANGUAGE /organisation/legalName',
      'LOSS_LANGUAGE /achievement/title',
      'LOSS_LANGUAGE /achievement/description',
      'LOSS_LANGUAGE /achievement/prerequisites',
      'LOSS_LANGUAGE /achievement/furtherInformation',
      'LOSS_LANGUAGE /achievement/learningOutcomes/0/title',
      'LOSS_LANGUAGE /achievement/learningOutcomes/1/title',
      'LOSS_MERGED /achievement/prerequisites',
      'LOSS_MERGED /achievement/furtherInformation',
      'LOSS_MERGED /achievement/stacking/kind',
      'LOSS_MERGED /achievement/learningOutcomes/0/skills',
      'LOSS_MERGED /achievement/learningOutcomes/1/skills',
      'LOSS_NOT_CARRIED /achievement/cycle',
      'LOSS_NOT_CARRIED /achievement/assessment/modes',
      'LOSS_NOT_CARRIED /achievement/qualityAssurance',
      'LOSS_NOT_CARRIED /achievement/learningOutcomes/0/type',
      'LOSS_NOT_CARRIED /award/learner/birthDate',
    ])
  })

  it('include the description that the format demands and the award has not', () => {
    const { description, ...achievement } = anAwardRecord().achievement
    expect(lossesOf({ ...anAwardRecord(), achievement })).toContain(
      'LOSS_REQUIRED_CLAIM /achievement/description',
    )
  })

  it('include the second awarding body, and where a validation’s details went', () => {
    const awardingBodies = [{ legalName: { sv: 'A' } }, { legalName: { sv: 'B' } }]
    const losses = lossesOf(anAwardRecord({ award: { awardingBodies, validation } }))
    expect(losses).toContain('LOSS_NOT_CARRIED /award/awardingBodies')
    expect(losses).toContain('LOSS_MERGED /award/validation')
  })
})

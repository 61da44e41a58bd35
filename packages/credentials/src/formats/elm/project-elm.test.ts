import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import {
  elmComponents,
  elmIssuer,
  elmOptions,
  findNode,
  findNodes,
  readNoteTexts,
} from '../../../test/elm-documents.ts'
import { findRuleFaults } from '../../../test/elm-rules.ts'
import { contextUrl } from '../../../test/linked-data.ts'
import { richAwardRecords } from '../../../test/rich-award-records.ts'
import { buildStatusEntry } from '../../bitstring-status-list/status-entry.ts'
import { readCredential } from '../../vc-jose/read-credential.ts'
import { elmContextIntegrity } from './context.ts'
import type { ElmOptions } from './elm-options.ts'
import { projectElm, projectElmVc11 } from './project-elm.ts'

const project = (record = anAwardRecord(), more: Partial<ElmOptions> = {}) =>
  projectElm(record, { ...elmOptions, ...more })

const status = buildStatusEntry({
  listUrl: `${elmIssuer}/status/1`,
  index: 4711,
  purpose: 'revocation',
})

describe('the projection onto a European Digital Credential', { timeout: 30_000 }, () => {
  it('follows the rules for every class, whatever the award', () => {
    fc.assert(
      fc.property(richAwardRecords, (record) => {
        const { credential } = project(record, { status, components: elmComponents })
        expect(findRuleFaults(credential)).toEqual([])
        expect(findRuleFaults(projectElmVc11(record, elmOptions).credential)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  it('breaks those rules when a part is taken out or told in two ways', () => {
    const { credential } = project()
    const text = JSON.stringify(credential)
    const alter = (from: string, to: string) => findRuleFaults(JSON.parse(text.replace(from, to)))
    expect(text).toContain('"grade":')
    expect(alter('"grade":', '"graded":')).toContain('LearningAssessment has no grade')
    expect(alter('Exempeluniversitetet', 'Universitetet').join()).toContain('in two ways')
    expect(alter('/eqf/25831c2', '/own')).toContain(
      'Qualification.eqfLevel is not of http://data.europa.eu/snb/eqf/25831c2',
    )
  })

  it('is a credential of the data model 2.0, sealed and valid from the given moment', () => {
    const { credential } = project(anAwardRecord(), { status })
    expect(readCredential(credential)).toMatchObject({
      ok: true,
      value: {
        dataModel: '2.0',
        types: ['VerifiableCredential', 'EuropeanDigitalCredential'],
        contexts: [contextUrl],
        issuer: elmIssuer,
        validFrom: new Date('2026-06-05T12:00:00Z'),
        statuses: [status],
      },
    })
    expect(credential.issued).toBe('2026-06-05T12:00:00Z')
    expect(credential.relatedResource).toEqual([{ id: contextUrl, digestSRI: elmContextIntegrity }])
  })

  it('has no status when none is given', () => {
    expect(project().credential).not.toHaveProperty('credentialStatus')
  })

  it('makes the same document of the same award, with ids that are not the award’s', () => {
    const { credential } = project()
    expect(project().credential).toEqual(credential)
    const [learner] = findNodes(credential, 'Person')
    expect(learner?.id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/)
    expect(learner?.id).not.toContain('0190c1a2')
    const other = anAwardRecord()
    const elsewhere = project({ ...other, award: { ...other.award, id: 'another' } }).credential
    expect(findNode(elsewhere, 'Person').id).not.toBe(learner?.id)
  })

  it('writes days as they are, and the last day of the competence to its end', () => {
    const { credential } = project(anAwardRecord({ award: { validUntil: '2031-06-05' } }))
    expect(credential.validUntil).toBe('2031-06-05T23:59:59Z')
    expect(findNode(credential, 'AwardingProcess').awardingDate).toBe('2026-06-05T00:00:00Z')
    expect(findNode(credential, 'PeriodOfTime')).toMatchObject({
      startDate: '2026-03-30T00:00:00Z',
      endDate: '2026-05-29T00:00:00Z',
    })
  })

  it('shows the date of birth only when asked to, and never the e-mail address or a register’s id', () => {
    const learner = {
      familyName: 'Exempelsson',
      birthDate: '1994-05-17',
      email: 'alva.exempelsson@example.org',
      externalId: 'anstalld-4711',
    }
    const record = anAwardRecord({ award: { learner } })
    const shown = project(record, { withBirthDate: true }).credential
    expect(findNode(shown, 'Person').dateOfBirth).toBe('1994-05-17T00:00:00Z')
    const text = JSON.stringify(project(record).credential)
    expect(text).not.toContain('1994-05-17')
    expect(JSON.stringify(shown)).not.toMatch(/@example\.org|anstalld-4711/)
  })

  it('shows a European Student Identifier', () => {
    const person = findNode(project().credential, 'Person')
    expect(person.identifier).toMatchObject([
      { notation: 'urn:schac:personalUniqueCode:int:esi:exempeluniversitetet.example:alva-1' },
    ])
  })

  it('gives points as text, and hours as a duration', () => {
    const workload = { hours: 7.25, credits: [{ framework: 'ects', value: 7.5 }] }
    const { credential } = project(anAwardRecord({ achievement: { workload } }))
    expect(findNode(credential, 'CreditPoint').point).toBe('7.5')
    expect(findNode(credential, 'Qualification').volumeOfLearning).toBe('PT7H15M')
  })

  it('gives one identifier of the definition by itself, and several as a list', () => {
    const identifiers = ['EX123U', 'EX124U'].map((value) => ({ scheme: 'ladok', value }))
    const [first] = identifiers
    const one = anAwardRecord({ achievement: { identifiers: first ? [first] : [] } })
    expect(findNode(project(one).credential, 'Qualification').identifier).toMatchObject({
      notation: 'EX123U',
    })
    const several = project(anAwardRecord({ achievement: { identifiers } })).credential
    expect(findNode(several, 'Qualification').identifier).toHaveLength(2)
  })

  it('says in notes what the model has no member for', () => {
    const skills = [{ uri: 'https://taxonomy.example.se/1', label: { sv: 'truckkörning' } }]
    const record = anAwardRecord({ achievement: { setting: 'informal', skills } })
    const { credential } = project(record)
    expect(findNode(credential, 'Qualification')).not.toHaveProperty('learningSetting')
    expect(readNoteTexts(credential)).toEqual(
      expect.arrayContaining([
        '- Kursen ges varje termin.',
        'learning-setting:informal Lärandeform: informellt lärande',
        'stacking:stackable kan ingå i något större',
        expect.stringContaining('Kompetens: truckkörning'),
        expect.stringContaining('Kan ingå i: Kandidatprogrammet i affärsutveckling'),
      ]),
    )
  })

  it('holds its parts, each with its awarding body and the digest of what was presented', () => {
    const { credential } = project(anAwardRecord(), { components: elmComponents })
    const parts = findNodes(credential, 'LearningAchievement').flatMap(({ hasPart }) => hasPart)
    expect(parts).toMatchObject([
      {
        title: { sv: 'Dataanalys, grund' },
        identifier: { notation: 'sha256-LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=' },
        creditReceived: [{ point: '1.5' }],
        awardedBy: { awardingDate: '2026-01-15T00:00:00Z' },
      },
      // An organisation without a country has no address, which an Organisation must have.
      { awardedBy: { awardingBody: [{ type: 'Agent', prefLabel: { sv: 'Exempelföretaget' } }] } },
      undefined,
      undefined,
    ])
  })
})

describe('the profile', () => {
  const assured = anAwardRecord({
    achievement: {
      qualityAssurance: [
        { type: 'programme_qa', agent: { legalName: { sv: 'Myndigheten' }, country: 'SE' } },
        { type: 'institutional_qa' },
      ],
    },
  })

  it('is generic unless asked for', () => {
    const { credential } = project(assured)
    expect(credential.credentialProfiles).toMatchObject([{ prefLabel: { en: 'Generic' } }])
    expect(credential).not.toHaveProperty('evidence')
  })

  it('is accredited with the accreditations that name an organisation and its country', () => {
    const { credential } = project(assured, { profile: 'accredited' })
    expect(credential.credentialProfiles).toMatchObject([
      { id: 'http://data.europa.eu/snb/credential/c_ae121a00' },
    ])
    expect(credential.evidence).toMatchObject([
      {
        type: 'Evidence',
        accreditation: { dcType: { id: 'http://data.europa.eu/snb/accreditation/820101cba6' } },
      },
    ])
    expect(credential.credentialSchema).toMatchObject([
      { id: 'http://data.europa.eu/snb/model/ap/edc-accredited' },
    ])
    expect(readNoteTexts(credential)).toContainEqual(
      expect.stringContaining('Kvalitetssäkring: kvalitetssäkring av institutionen'),
    )
  })

  it('stays generic, and says so, when there is nothing to prove', () => {
    const qualityAssurance = [{ type: 'programme_qa' }]
    const record = anAwardRecord({ achievement: { qualityAssurance } })
    const { credential, losses } = project(record, { profile: 'accredited' })
    expect(credential.credentialProfiles).toMatchObject([{ prefLabel: { en: 'Generic' } }])
    expect(losses).toContainEqual(
      expect.objectContaining({ code: 'LOSS_REQUIRED_CLAIM', claim: 'evidence' }),
    )
  })
})

describe('the form of VC 1.1', () => {
  it('has the EU’s published context, the date of issuance, and no status', () => {
    const record = anAwardRecord({ award: { validUntil: '2031-06-05' } })
    const { credential } = projectElmVc11(record, elmOptions)
    expect(credential).toMatchObject({
      '@context': [
        'https://www.w3.org/2018/credentials/v1',
        'http://data.europa.eu/snb/model/context/edc-ap',
      ],
      issuanceDate: '2026-06-05T12:00:00Z',
      expirationDate: '2031-06-05T23:59:59Z',
    })
    expect(credential).not.toHaveProperty('credentialStatus')
    expect(credential).not.toHaveProperty('relatedResource')
    expect(readCredential(credential)).toMatchObject({ ok: true, value: { dataModel: '1.1' } })
  })

  it('says the same as the form of VC 2.0', () => {
    const v2 = project().credential
    const v11 = projectElmVc11(anAwardRecord(), elmOptions).credential
    for (const name of ['id', 'issuer', 'credentialSubject', 'displayParameter', 'validFrom'])
      expect(v11[name]).toEqual(v2[name])
  })
})

import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../test/award-records.ts'
import type { AwardRecord } from '../domain/award.ts'
import { organisationExample } from '../domain/organisation.ts'
import { normaliseElm } from './elm/normalise-elm.ts'
import { projectElm } from './elm/project-elm.ts'
import type { MicroCredential } from './micro-credential.ts'
import { normaliseLearningCredential } from './normalise-learning-credential.ts'
import { normaliseOpenBadge } from './open-badge/normalise-open-badge.ts'
import { projectOpenBadge } from './open-badge/project-open-badge.ts'
import { projectLearningCredential } from './project-learning-credential.ts'

const issuer = 'https://issuer.example.se/ri-se'
const part = 'https://issuer.example/other/achievements/0190a5c4-7d1e-7c3b-9f00-000000000002'
const digest = 'sha256-n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg='
const now = new Date('2026-06-05T08:00:00Z')

const plain = anAwardRecord()
const record: AwardRecord = {
  ...plain,
  creator: {
    issuer: 'https://issuer.example.se/skaparen',
    organisation: { ...organisationExample, legalName: { sv: 'Skaparen' } },
  },
  award: {
    ...plain.award,
    components: [
      {
        title: { sv: 'Statistik för beslutsfattare' },
        awardingBody: { legalName: { sv: 'Exempelhögskolan' }, country: 'SE' },
        awardedOn: '2026-03-02',
        credentialDigest: digest,
        achievementId: part,
        credits: [{ framework: 'http://data.europa.eu/snb/education-credit/6fcec5c5af', value: 3 }],
      },
    ],
  },
}

const formats: readonly (readonly [string, (record: AwardRecord) => Projected])[] = [
  ['SD-JWT VC', (given) => read(projectLearningCredential(given, { issuer }).claims, readSdJwtVc)],
  [
    'European Digital Credential',
    (given) => {
      const contextUrl = 'https://issuer.example.se/contexts/elm-vc2/v1'
      return read(projectElm(given, { issuer, issuedAt: now, contextUrl }).credential, readElm)
    },
  ],
  [
    'Open Badge',
    (given) => read(projectOpenBadge(given, { issuer, validFrom: now }).credential, readBadge),
  ],
]

describe.for(formats)('a composite award of a delegate as %s', ([, project]) => {
  it('refers to its parts by digest, and says what they are', () => {
    const { shown } = project(record)
    expect(shown.components).toMatchObject([
      { title: 'Statistik för beslutsfattare', achievementId: part, credentialDigest: digest },
    ])
  })

  it('names the definition of its creator, and who that is', () => {
    const { shown, document } = project(record)
    expect(shown.achievementId).toBe(
      `https://issuer.example.se/skaparen/achievements/${plain.achievement.id}`,
    )
    expect(JSON.stringify(document)).toContain('Skaparen')
  })

  it('carries what stacking needs: definition, credits and level', () => {
    const { shown } = project(plain)
    expect(shown).toMatchObject({
      achievementId: `${issuer}/achievements/${plain.achievement.id}`,
      awardId: `urn:uuid:${plain.award.id}`,
      awardedOn: plain.award.awardedOn,
      workload: {
        credits: [
          { framework: { uri: 'http://data.europa.eu/snb/education-credit/6fcec5c5af' }, value: 3 },
        ],
      },
    })
    expect(shown.levels).toContainEqual(expect.objectContaining({ framework: 'EQF', level: 6 }))
    expect(shown.components).toBeUndefined()
  })
})

type Document = Readonly<Record<string, unknown>>
interface Projected {
  readonly document: Document
  readonly shown: MicroCredential
}

function read(document: Document, normalise: (document: Document) => MicroCredential): Projected {
  return { document, shown: normalise(document) }
}

function readSdJwtVc(claims: Document): MicroCredential {
  const read = normaliseLearningCredential({ ...claims, vct: 'x' })
  if (!read.ok) throw new Error(read.code)
  return read.value
}

function readElm(document: Document): MicroCredential {
  const read = normaliseElm(document)
  if (!read.ok) throw new Error(read.code)
  return read.value
}

function readBadge(document: Document): MicroCredential {
  const read = normaliseOpenBadge(document)
  if (!read.ok) throw new Error(read.code)
  return read.value.microCredential
}

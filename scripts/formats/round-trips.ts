import {
  type Loss,
  learningCredentialVct,
  type MicroCredential,
  normaliseElm,
  normaliseLearningCredential,
  normaliseOpenBadge,
  type Projection,
  projectElm,
  projectLearningCredential,
  projectMicroCredential,
  projectOpenBadge,
  projectVerifiedSkill,
  type Result,
  type RulebookFormat,
  rulebookVcts,
} from '@mikromerit/credentials'
import { formalSample, sample, skillSample } from './sample.ts'

/** One format: what comes back of the sample, and what the projection itself reports. */
export interface RoundTrip {
  readonly name: string
  readonly title: string
  readonly back: MicroCredential
  readonly losses: readonly Loss[]
  /** The element that an award of this format never has: with it the format is refused. */
  readonly refused?: string
}

const issuer = 'https://issuer.example/exempeluniversitetet'
const issuedAt = new Date('2026-06-05T12:00:00Z')
const contextUrl = 'https://issuer.example/contexts/elm-vc2/v1'

const demand = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`A projection cannot be read back: ${result.code}`)
  return result.value
}

/** The sample in every format and back. */
export function runRoundTrips(): RoundTrip[] {
  const { claims, losses } = projectLearningCredential(sample, { issuer })
  const elm = projectElm(sample, { issuer, issuedAt, contextUrl, withBirthDate: true })
  const badge = projectOpenBadge(sample, { issuer, validFrom: issuedAt })
  return [
    {
      name: 'sd_jwt_vc',
      title: 'SD-JWT VC',
      back: demand(
        normaliseLearningCredential({ iss: issuer, vct: learningCredentialVct, ...claims }),
      ),
      losses,
    },
    {
      name: 'elm',
      title: 'ELM 3 / EDC',
      back: demand(normaliseElm(elm.credential)),
      losses: elm.losses,
    },
    {
      name: 'open_badge',
      title: 'Open Badge 3.0',
      back: demand(normaliseOpenBadge(badge.credential)).microCredential,
      losses: badge.losses,
    },
    {
      ...readRulebook('webuild_micro_credential', projectMicroCredential(formalSample, { issuer })),
      title: 'Micro-credential (WE BUILD)',
      refused: '18',
    },
    {
      ...readRulebook('webuild_verified_skill', projectVerifiedSkill(skillSample, { issuer })),
      title: 'Verified skill (WE BUILD)',
    },
  ]
}

function readRulebook(name: RulebookFormat, projection: Result<Projection>) {
  const { claims, losses } = demand(projection)
  const back = demand(
    normaliseLearningCredential({ iss: issuer, vct: rulebookVcts[name], ...claims }),
  )
  return { name, back, losses }
}

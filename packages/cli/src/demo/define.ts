import { expectData, expectStored, type IssuerClient, ProblemError } from '@mikromerit/client'
import type { AchievementDraft } from '@mikromerit/credentials'
import type { Journal } from './journal.ts'
import type { Scenario } from './scenario.ts'

/** Makes the organisation and its definition known to the issuer, unless an earlier run has done so. */
export async function define(issuer: IssuerClient, scenario: Scenario, journal: Journal) {
  const { organisation, achievement } = scenario
  const isNewOrganisation = await createOrganisation(issuer, scenario)
  journal.step('issuer', 'POST /v1/organisations', [
    ['sent', describeOrganisation(scenario)],
    [
      'answer',
      isNewOrganisation ? 'created, with a signing key and its certificate' : 'is there already',
    ],
  ])
  const version = await storeAchievement(issuer, organisation.id, achievement)
  journal.step('issuer', `POST /v1/organisations/${organisation.id}/achievements`, [
    ['sent', describeAchievement(scenario)],
    ['outcomes', achievement.learningOutcomes.map(({ title }) => title.sv ?? '')],
    ['answer', `definition ${achievement.id}, version ${version}`],
  ])
}

/** @returns whether it is new. */
async function createOrganisation(issuer: IssuerClient, { organisation }: Scenario) {
  try {
    await expectData(issuer.POST('/v1/organisations', { body: organisation }))
    return true
  } catch (error) {
    if (isConflict(error)) return false
    throw error
  }
}

/** The id is ours, so the same definition again is no second one, and a changed one is a new version. */
export async function storeAchievement(
  issuer: IssuerClient,
  organisation: string,
  achievement: AchievementDraft & { readonly id: string },
): Promise<number> {
  try {
    const stored = await expectStored(
      issuer.POST('/v1/organisations/{organisation}/achievements', {
        params: { path: { organisation } },
        body: achievement,
      }),
    )
    return stored.version
  } catch (error) {
    if (!isConflict(error)) throw error
    const { id, ...content } = achievement
    const stored = await expectData(
      issuer.PUT('/v1/organisations/{organisation}/achievements/{achievement}', {
        params: { path: { organisation, achievement: id } },
        body: content,
      }),
    )
    return stored.version
  }
}

const isConflict = (error: unknown) => error instanceof ProblemError && error.status === 409

const describeOrganisation = ({ organisation: { legalName, identifiers, country } }: Scenario) =>
  [legalName.sv, ...(identifiers ?? []).map(({ value }) => value), country].join(' · ')

const settingNames = {
  formal: 'formal learning',
  non_formal: 'non-formal learning',
  informal: 'informal learning, by validation',
}

function describeAchievement({ achievement }: Scenario) {
  const { title, workload, levels = [], setting } = achievement
  const credits = workload?.credits?.map(({ value }) => `${value} ECTS credits`) ?? []
  return [
    title.sv,
    ...credits,
    ...(workload?.hours ? [`${workload.hours} hours`] : []),
    ...levels.map(({ framework, level }) => `${framework} ${level}`),
    settingNames[setting as keyof typeof settingNames],
  ].join(' · ')
}

import { randomUUID } from 'node:crypto'
import { expectStored, type IssuerClient } from '@mikromerit/client'
import type { Journal, Row } from './journal.ts'
import type { Scenario } from './scenario.ts'

/** An award on its way to its learner. */
export interface Offered {
  readonly awardId: string
  /** The link or QR code content for the learner's wallet. */
  readonly link: string
  /** Told the learner by another way than the link. */
  readonly txCode: string | undefined
}

/** The register reports the result, and asks for an offer at once. */
export async function award(
  issuer: IssuerClient,
  scenario: Scenario,
  journal: Journal,
): Promise<Offered> {
  const { organisation, achievement, learner, txCode } = scenario
  const reference = sourceReference(scenario.award.awardedOn)
  const stored = await expectStored(
    issuer.POST('/v1/organisations/{organisation}/awards', {
      params: { path: { organisation: organisation.id } },
      body: {
        ...scenario.award,
        achievementId: achievement.id,
        learner,
        sourceReference: reference,
        offer: { formats: ['sd_jwt_vc'], txCode },
      },
    }),
  )
  const { id, offer } = stored
  if (!offer) throw new Error('The issuer made no offer though one was asked for.')
  journal.step('issuer', `POST /v1/organisations/${organisation.id}/awards`, [
    ['sent', describeAward(scenario, reference)],
    ...describeValidation(scenario),
    ['answer', `award ${id}${offer.txCode ? `, transaction code ${offer.txCode}` : ''}`],
    ['', offer.credentialOfferUri],
  ])
  return { awardId: id, link: offer.credentialOfferUri, txCode: offer.txCode }
}

/** Each run is a new result in the register; the same reference twice would be the same award. */
export const sourceReference = (awardedOn: string): string =>
  `demo-${awardedOn}-${randomUUID().slice(0, 8)}`

function describeAward(
  { learner, award: { awardedOn, validUntil, result } }: Scenario,
  source: string,
) {
  return [
    `${learner.givenName} ${learner.familyName}, born ${learner.birthDate}`,
    `awarded ${awardedOn}`,
    ...(result ? [`grade ${result.grade}`] : []),
    ...(validUntil ? [`valid until ${validUntil}`] : []),
    `register’s reference ${source}`,
  ].join(' · ')
}

function describeValidation({ award: { validation } }: Scenario): Row[] {
  if (!validation) return []
  const { standard, methods, assessors = [], priorLearning } = validation
  return [
    ['standard', `${standard?.title.sv} ${standard?.version}, ${standard?.ownedBy?.sv}`],
    ['methods', methods.map((method) => method.replaceAll('_', ' ')).join(', ')],
    ['assessor', assessors.map(({ role, competence }) => `${role.sv}, ${competence?.sv}`)],
    ['experience', `${priorLearning?.years} years: ${priorLearning?.description?.sv}`],
  ]
}

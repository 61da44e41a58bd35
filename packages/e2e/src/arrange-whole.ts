import { expectData } from '@mikromerit/client'
import type { StackingRules } from '@mikromerit/credentials'
import { type AwardingBody, anAchievement, anAwardingBody } from './arrange.ts'
import type { Stack } from './stack.ts'

/** A definition of one of the parts, and how rules name it. */
export interface Part {
  readonly body: AwardingBody
  readonly achievementId: string
  readonly url: string
}

export interface Wholes {
  readonly university: AwardingBody
  /** Two definitions of the university, one of a company. */
  readonly parts: readonly [Part, Part, Part]
}

/** Two providers with three definitions between them. */
export async function twoProviders(stack: Stack): Promise<Wholes> {
  const university = await anAwardingBody(stack, 'university', 'Universitetet')
  const company = await anAwardingBody(stack, 'company', 'Företaget')
  const second = await anAchievement(stack, university.id, {
    title: { sv: 'Del två', en: 'Part two' },
  })
  const part = (body: AwardingBody, achievementId = body.achievementId): Part => ({
    body,
    achievementId,
    url: `${body.identifier}/achievements/${achievementId}`,
  })
  return { university, parts: [part(university), part(university, second), part(company)] }
}

/** A definition of a whole, by the university. */
export const defineWhole = (stack: Stack, { university }: Wholes, rules: StackingRules) =>
  anAchievement(stack, university.id, {
    title: { sv: 'Helheten', en: 'The whole' },
    stackingRules: rules,
  })

export interface Asked {
  readonly whole: string
  readonly request: string
  readonly authorizationRequest: string
}

/** The university asks a learner for the parts of a whole. */
export async function askForParts(
  stack: Stack,
  { university }: Wholes,
  whole: string,
): Promise<Asked> {
  const staff = await stack.issuer(university.id)
  const path = { organisation: university.id, achievement: whole }
  const created = await expectData(
    staff.POST('/v1/organisations/{organisation}/achievements/{achievement}/composite-requests', {
      params: { path },
      body: {},
    }),
  )
  if (!created.authorizationRequest) throw new Error('an open request has its link')
  const { id: request, authorizationRequest } = created
  return { whole, request, authorizationRequest }
}

/** What came of it, read by an organisation: the one that asked, unless said otherwise. */
export async function readRequest(
  stack: Stack,
  { whole, request }: Asked,
  organisation: string,
  tokenOf = organisation,
) {
  const staff = await stack.issuer(tokenOf)
  return staff.GET(
    '/v1/organisations/{organisation}/achievements/{achievement}/composite-requests/{request}',
    { params: { path: { organisation, achievement: whole, request } } },
  )
}

/** Awards of the whole that were made. */
export async function awardsOf(stack: Stack, { university }: Wholes, achievementId: string) {
  const staff = await stack.issuer(university.id)
  const { items } = await expectData(
    staff.GET('/v1/organisations/{organisation}/awards', {
      params: { path: { organisation: university.id }, query: { achievementId } },
    }),
  )
  return items
}

import {
  learningCredentialVct,
  listRequirements,
  namedDefinitions,
  type StackingRules,
} from '@mikromerit/credentials'

type StackingRequirement = ReturnType<typeof listRequirements>[number]

interface Claim {
  readonly id: string
  readonly path: readonly string[]
  readonly values?: readonly string[]
}

interface CredentialQuery {
  readonly id: string
  readonly format: 'dc+sd-jwt'
  readonly meta: { readonly vct_values: readonly string[] }
  readonly multiple?: true
  readonly claims: readonly Claim[]
  readonly claim_sets: readonly (readonly string[])[]
}

/** OpenID4VP 1.0, section 6: what the learner is asked to show. */
export interface CompositeQuery {
  readonly credentials: readonly CredentialQuery[]
  readonly credential_sets: readonly {
    readonly options: readonly (readonly string[])[]
    readonly required: boolean
  }[]
}

/** The verifier takes so many queries in one question. */
const maxQueries = 32

/**
 * The question that stacking rules come to: one query for each requirement, because the specification lets a query be
 * answered by one definition only, or by several credentials without telling which. What every way to fulfil the rules
 * needs is required; the rest the learner may show. Undefined when the rules ask for more than one question can.
 */
export function buildCompositeQuery(rules: StackingRules): CompositeQuery | undefined {
  const requirements = listRequirements(rules.rule)
  if (requirements.length > maxQueries) return undefined
  const optional = listOptionalClaims(rules)
  const credentials = requirements.map((requirement, at) =>
    buildQuery(requirement, `part-${at}`, optional),
  )
  return {
    credentials,
    credential_sets: requirements.map(({ pointer }, at) => ({
      options: [[`part-${at}`]],
      // An alternative below `any` can be left out; of several, the issuer judges whether enough are there.
      required: !pointer.includes('/any/'),
    })),
  }
}

function buildQuery(
  { rule }: StackingRequirement,
  id: string,
  optional: readonly Claim[],
): CredentialQuery {
  const named = [
    ...namedDefinitions(rule),
    ...(rule.credits?.from?.achievements ?? []),
    ...(rule.hours?.from?.achievements ?? []),
  ].slice(0, maxValues)
  const definition: Claim = {
    id: 'definition',
    path: ['achievement_id'],
    ...(named.length > 0 && { values: named }),
  }
  const always = [definition, ...alwaysAsked]
  return {
    id,
    format: 'dc+sd-jwt',
    meta: { vct_values: [learningCredentialVct] },
    ...(rule.achievement === undefined && { multiple: true as const }),
    claims: [...always, ...optional],
    claim_sets: listSubsets(optional).map((some) => [...always, ...some].map((claim) => claim.id)),
  }
}

/** Values that a claim may be asked to have one of. */
const maxValues = 64

/** Whose it is, and which award: one award counts once, and all must be one learner's. */
const alwaysAsked: readonly Claim[] = [
  { id: 'family_name', path: ['family_name'] },
  { id: 'award', path: ['award_id'] },
]

/** What the rules look at and not every credential has. */
function listOptionalClaims({ rule, constraints = {} }: StackingRules): Claim[] {
  const requirements = listRequirements(rule).map((requirement) => requirement.rule)
  const filters = requirements.flatMap(({ credits, hours }) => [credits?.from, hours?.from])
  const isAsked = {
    given_name: true,
    notional_workload:
      constraints.credits !== undefined || requirements.some((one) => one.credits ?? one.hours),
    levels: constraints.levelFloor !== undefined || filters.some((one) => one?.level),
    skills: filters.some((one) => one?.skills) || requirements.some((one) => one.outcomes),
    fields_of_education: filters.some((one) => one?.fields),
  }
  return Object.entries(isAsked)
    .filter(([, asked]) => Boolean(asked))
    .map(([name]) => ({ id: name, path: [name] }))
}

/** Every selection, the fullest first: a wallet takes the first it can answer (OpenID4VP 6.4.1). */
function listSubsets(claims: readonly Claim[]): (readonly Claim[])[] {
  const all = claims.reduce<(readonly Claim[])[]>(
    (subsets, claim) => subsets.flatMap((subset) => [[...subset, claim], subset]),
    [[]],
  )
  return all.sort((one, other) => other.length - one.length)
}

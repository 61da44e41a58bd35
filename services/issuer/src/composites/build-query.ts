import {
  expandTypes,
  listRequirements,
  namedDefinitions,
  type StackingRules,
} from '@mikromerit/credentials'
import {
  type OptionalClaim,
  optionalClaims,
  partTypes,
  type SdJwtType,
  type WholeFormat,
} from './part-types.ts'

type StackingRequirement = ReturnType<typeof listRequirements>[number]

interface Claim {
  readonly id: string
  readonly path: readonly (string | null)[]
  readonly values?: readonly string[]
}

interface CredentialQuery {
  readonly id: string
  readonly format: 'dc+sd-jwt' | 'jwt_vc_json'
  readonly meta:
    | { readonly vct_values: readonly string[] }
    | { readonly type_values: readonly (readonly string[])[] }
  readonly multiple?: true
  readonly claims?: readonly Claim[]
  readonly claim_sets?: readonly (readonly string[])[]
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
 * answered by one definition only, or by several credentials without telling which; and each in every format as far as
 * there is room, the SD-JWT VC first since it shows no more than is needed. What every way to fulfil the rules needs is
 * required; the rest the learner may show. Undefined when the rules ask for more than one question can.
 */
export function buildCompositeQuery(rules: StackingRules): CompositeQuery | undefined {
  const requirements = listRequirements(rules.rule)
  if (requirements.length > maxQueries) return undefined
  const wanted = listOptionalClaims(rules)
  const types = partTypes.slice(0, Math.floor(maxQueries / requirements.length))
  const asked = requirements.map((requirement, at) => ({
    requirement,
    queries: types.map((type) =>
      'vct' in type
        ? buildQuery(requirement, `part-${at}`, type, wanted)
        : buildWholeQuery(requirement, `part-${at}`, type),
    ),
  }))
  return {
    credentials: asked.flatMap(({ queries }) => queries),
    credential_sets: asked.map(({ requirement: { pointer }, queries }) => ({
      options: queries.map(({ id }) => [id]),
      // An alternative below `any` can be left out; of several, the issuer judges whether enough are there.
      required: !pointer.includes('/any/'),
    })),
  }
}

function buildQuery(
  { rule }: StackingRequirement,
  id: string,
  type: SdJwtType,
  wanted: readonly OptionalClaim[],
): CredentialQuery {
  const ask = (id: string, name: string): Claim => ({ id, path: [name] })
  const owner = Object.entries(type.always).map(([id, name]) => ask(id, name))
  const always = [askDefinition(rule, [type.definition]), ...owner]
  const optional = wanted.flatMap((id) => {
    const name = type.optional[id]
    return name === undefined ? [] : [ask(name, name)]
  })
  return {
    id: `${id}${type.suffix}`,
    format: 'dc+sd-jwt',
    meta: { vct_values: [type.vct] },
    ...takesSeveral(rule),
    claims: [...always, ...optional],
    claim_sets: listSubsets(optional).map((some) => [...always, ...some].map((claim) => claim.id)),
  }
}

/** A VC-JWT is shown whole: only which one it must be is asked. */
const buildWholeQuery = (
  { rule }: StackingRequirement,
  id: string,
  { suffix, type, definition }: WholeFormat,
): CredentialQuery => ({
  id: `${id}${suffix}`,
  format: 'jwt_vc_json',
  meta: { type_values: [expandTypes([type])] },
  ...takesSeveral(rule),
  claims: [askDefinition(rule, definition)],
})

/** One credential is one part; a sum can take several. */
const takesSeveral = ({ achievement }: StackingRequirement['rule']): { multiple?: true } =>
  achievement === undefined ? { multiple: true } : {}

/** That a definition is named, and one of those that count where the rules name them. */
function askDefinition(rule: StackingRequirement['rule'], path: readonly (string | null)[]): Claim {
  const values = [
    ...namedDefinitions(rule),
    ...(rule.credits?.from?.achievements ?? []),
    ...(rule.hours?.from?.achievements ?? []),
  ]
  // Of more than a question can list, the issuer judges by itself.
  const isListed = values.length > 0 && values.length <= maxValues
  return { id: 'definition', path, ...(isListed && { values }) }
}

/** Values that a claim may be asked to have one of. */
const maxValues = 64

/** What the rules look at and not every credential has. */
function listOptionalClaims({ rule, constraints = {} }: StackingRules): OptionalClaim[] {
  const requirements = listRequirements(rule).map((requirement) => requirement.rule)
  const filters = requirements.flatMap(({ credits, hours }) => [credits?.from, hours?.from])
  const isAsked: Readonly<Record<OptionalClaim, boolean>> = {
    givenName: true,
    workload:
      constraints.credits !== undefined ||
      requirements.some((one) => one.credits !== undefined || one.hours !== undefined),
    levels: constraints.levelFloor !== undefined || filters.some((one) => one?.level),
    skills:
      filters.some((one) => one?.skills) || requirements.some((one) => one.outcomes !== undefined),
    fields: filters.some((one) => one?.fields),
  }
  return optionalClaims.filter((name) => isAsked[name])
}

/** Every selection, the fullest first: a wallet takes the first it can answer (OpenID4VP 6.4.1). */
function listSubsets(claims: readonly Claim[]): (readonly Claim[])[] {
  const all = claims.reduce<(readonly Claim[])[]>(
    (subsets, claim) => subsets.flatMap((subset) => [[...subset, claim], subset]),
    [[]],
  )
  return all.sort((one, other) => other.length - one.length)
}

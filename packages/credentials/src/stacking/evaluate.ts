import { type Candidate, type Candidates, findCandidates, readCredits } from './candidates.ts'
import { hundredths, type StackingCredential } from './credential.ts'
import { type Demand, toDemand } from './demands.ts'
import { listNeeded } from './missing.ts'
import { listPlans } from './plans.ts'
import { type StackingCode, type StackingReason, stackingReason } from './reasons.ts'
import type { StackingProgress, StackingResult } from './result.ts'
import { listRequirements, type StackingRules } from './rules.ts'
import { type Assignment, searchAssignment } from './search.ts'

/**
 * Whether credentials suffice for the whole that rules describe (domain.md section 5). Pure, and the same whatever
 * the order of the credentials; a credential more never turns fulfilled into missing. They must be of one learner
 * and verified by the caller, who says what came of it.
 * @param today the day of the evaluation, `YYYY-MM-DD`
 */
export function evaluateStacking(
  rules: StackingRules,
  credentials: readonly StackingCredential[],
  today: string,
): StackingResult {
  const found = findCandidates(credentials, rules, today)
  const demands = new Map(
    listRequirements(rules.rule).map((requirement) => [requirement.pointer, toDemand(requirement)]),
  )
  const search = searchAssignment({
    candidates: found.usable,
    demands,
    plans: listPlans(rules.rule),
    accepts: (used) => findUnmet(rules, used).length === 0,
  })
  const assignment = search.ok ? search.assignment : assignGreedily(found.usable, demands)
  const progress = [...demands.values()].map((demand) => describe(demand, assignment, found))
  const used = [...assignment].flatMap(([pointer, list]) =>
    list.map(({ id }) => ({ credential: id, pointer })),
  )
  const isUsed = new Set(used.map(({ credential }) => credential))
  return {
    outcome: search.ok ? 'fulfilled' : 'missing',
    progress,
    used,
    unused: found.usable.filter(({ id }) => !isUsed.has(id)).map(({ id }) => id),
    excluded: found.excluded.map(({ credential, code }) => stackingReason(code, credential.id)),
    missing: search.ok ? [] : listMissing(rules, search.code, { progress, assignment }),
  }
}

/** What does not hold for all parts together. */
function findUnmet(
  { constraints = {} }: StackingRules,
  used: readonly Candidate[],
): StackingCode[] {
  const { distinctAwardingBodies, credits } = constraints
  const bodies = new Set(used.flatMap(({ awardingBodies }) => awardingBodies))
  const total = credits
    ? used.reduce((sum, one) => sum + (readCredits(one, credits.framework) ?? 0), 0)
    : 0
  return [
    ...(distinctAwardingBodies !== undefined && bodies.size < distinctAwardingBodies
      ? (['STACK_NOT_DISTINCT'] as const)
      : []),
    ...(credits && total < hundredths(credits.min) ? (['STACK_CREDITS_SHORT'] as const) : []),
  ]
}

/** When nothing fulfils everything: what there is, requirement by requirement, each award once. */
function assignGreedily(
  candidates: readonly Candidate[],
  demands: ReadonlyMap<string, Demand>,
): Assignment {
  const taken = new Set<string>()
  const assignment = new Map<string, readonly Candidate[]>()
  const inOrder = [...demands.values()].sort((one, other) =>
    one.kind === other.kind ? 0 : one.kind === 'part' ? -1 : 1,
  )
  for (const demand of inOrder) {
    const chosen: Candidate[] = []
    for (const candidate of candidates) {
      const amount = demand.amount(chosen)
      if (amount >= demand.need) break
      if (taken.has(candidate.id) || demand.refuse(candidate) !== undefined) continue
      if (demand.amount([...chosen, candidate]) === amount) continue
      chosen.push(candidate)
      for (const id of [candidate.id, ...candidate.overlaps]) taken.add(id)
    }
    assignment.set(demand.pointer, chosen)
  }
  return assignment
}

function describe(
  demand: Demand,
  assignment: Assignment,
  { usable, excluded }: Candidates,
): StackingProgress {
  const { pointer, need, scale, shortage } = demand
  const chosen = assignment.get(pointer) ?? []
  const amount = demand.amount(chosen)
  const isFulfilled = amount >= need
  const near = excluded.flatMap(({ credential, code }) =>
    demand.refuse(asCandidate(credential)) === undefined
      ? [stackingReason(code, credential.id)]
      : [],
  )
  const elsewhere = usable
    .filter((one) => !chosen.includes(one))
    .flatMap((one): StackingReason[] => {
      const code = demand.refuse(one)
      if (code === undefined) return [stackingReason('STACK_ALREADY_USED', one.id)]
      return saidOf.has(code) ? [stackingReason(code, one.id)] : []
    })
  const reasons = isFulfilled ? [] : [...near, ...elsewhere, stackingReason(shortage)]
  return {
    pointer,
    isFulfilled,
    have: amount / scale,
    need: need / scale,
    reasons: reasons.slice(0, 200),
  }
}

/** What is worth saying of a credential that came close; that others are something else is not. */
const saidOf: ReadonlySet<StackingCode> = new Set([
  'STACK_LEVEL_LOW',
  'STACK_LEVEL_UNKNOWN',
  'STACK_DEFINITION_FOREIGN',
])

const asCandidate = ({ id, microCredential }: StackingCredential): Candidate => ({
  id,
  shown: [microCredential],
  awardedOn: microCredential.awardedOn ?? '',
  awardingBodies: [],
  overlaps: new Set(),
})

function listMissing(
  rules: StackingRules,
  code: 'none' | 'too_complex',
  { progress, assignment }: { progress: readonly StackingProgress[]; assignment: Assignment },
): StackingReason[] {
  if (code === 'too_complex') return [stackingReason('STACK_TOO_COMPLEX')]
  const byPointer = new Map(progress.map((one) => [one.pointer, one]))
  const needed = listNeeded(rules.rule, byPointer).flatMap(
    (pointer) => byPointer.get(pointer)?.reasons ?? [],
  )
  const unmet = findUnmet(rules, [...assignment.values()].flat()).map((one) => stackingReason(one))
  // When each requirement could be met but not all at once, it is what holds for them together.
  const together = findUnmet(rules, []).map((one) => stackingReason(one))
  const all = needed.length + unmet.length > 0 ? [...needed, ...unmet] : together
  return [...new Map(all.map((reason) => [`${reason.code}/${reason.credential}`, reason])).values()]
}

import type { Candidate } from './candidates.ts'
import type { Demand } from './demands.ts'

/** Which candidates count for which requirement. */
export type Assignment = ReadonlyMap<string, readonly Candidate[]>

export interface SearchOptions {
  readonly candidates: readonly Candidate[]
  readonly demands: ReadonlyMap<string, Demand>
  readonly plans: Iterable<readonly string[]>
  /** What holds for all parts together. */
  readonly accepts: (used: readonly Candidate[]) => boolean
}

export type SearchOutcome =
  | { readonly ok: true; readonly assignment: Assignment }
  | { readonly ok: false; readonly code: 'none' | 'too_complex' }

/** Steps of one evaluation: some tens of milliseconds. */
const maxSteps = 10_000

class TooComplexError extends Error {}

/**
 * Looks for a way to fulfil one of the plans with every award counted at most once (domain.md section 5). Exact
 * within its budget: whatever can be fulfilled with some credentials can be with more.
 */
export function searchAssignment(options: SearchOptions): SearchOutcome {
  const search = createSearch(options)
  try {
    for (const plan of options.plans) {
      const found = search(plan)
      if (found) return { ok: true, assignment: found }
    }
    return { ok: false, code: 'none' }
  } catch (error) {
    if (error instanceof TooComplexError) return { ok: false, code: 'too_complex' }
    throw error
  }
}

function createSearch({ candidates, demands, accepts }: SearchOptions) {
  let steps = 0
  const step = () => {
    steps += 1
    if (steps > maxSteps) throw new TooComplexError()
  }
  // Candidates wanted by the fewest requirements are used first: they are missed least elsewhere.
  const eligible = new Map(
    [...demands].map(([pointer, demand]) => [
      pointer,
      candidates.filter((one) => demand.refuse(one) === undefined),
    ]),
  )
  const wantedBy = (candidate: Candidate) =>
    [...eligible.values()].filter((list) => list.includes(candidate)).length
  const contention = new Map(candidates.map((one) => [one, wantedBy(one)]))
  for (const list of eligible.values())
    list.sort((one, other) => (contention.get(one) ?? 0) - (contention.get(other) ?? 0))
  const listOf = (pointer: string) => eligible.get(pointer) ?? []

  const assign = (plan: readonly Demand[], taken: Taken): Assignment | undefined => {
    step()
    const [demand, ...rest] = plan
    if (!demand) return complete(taken, demands, listOf, accepts, step)
    const free = listOf(demand.pointer).filter((one) => taken.isFree(one))
    for (const chosen of listSufficient(demand, free, step)) {
      const found = assign(rest, taken.with(demand.pointer, chosen))
      if (found) return found
    }
    return undefined
  }

  return (pointers: readonly string[]): Assignment | undefined => {
    step()
    const plan = pointers.flatMap((pointer) => demands.get(pointer) ?? [])
    const isHopeless = plan.some((demand) => demand.amount(listOf(demand.pointer)) < demand.need)
    if (isHopeless) return undefined
    // Parts before sums, the ones with the least choice first.
    const choices = ({ kind, pointer }: Demand) =>
      (kind === 'part' ? 0 : 1e6) + listOf(pointer).length
    return assign(
      plan.sort((one, other) => choices(one) - choices(other)),
      createTaken(new Map()),
    )
  }
}

interface Taken {
  readonly assignment: Assignment
  readonly used: readonly Candidate[]
  isFree(candidate: Candidate): boolean
  with(pointer: string, chosen: readonly Candidate[]): Taken
}

function createTaken(assignment: Assignment): Taken {
  const used = [...assignment.values()].flat()
  const ids = new Set(used.flatMap(({ id, overlaps }) => [id, ...overlaps]))
  return {
    assignment,
    used,
    isFree: ({ id }) => !ids.has(id),
    with: (pointer, chosen) =>
      createTaken(
        new Map([...assignment, [pointer, [...(assignment.get(pointer) ?? []), ...chosen]]]),
      ),
  }
}

/** Every selection that is enough and from which nothing last added could be left out. */
function* listSufficient(
  demand: Demand,
  free: readonly Candidate[],
  step: () => void,
  chosen: readonly Candidate[] = [],
): Generator<readonly Candidate[]> {
  step()
  const amount = demand.amount(chosen)
  if (amount >= demand.need) {
    yield chosen
    return
  }
  if (demand.amount([...chosen, ...free]) < demand.need) return
  for (const [at, candidate] of free.entries()) {
    if (demand.amount([...chosen, candidate]) === amount) continue
    const others = free.slice(at + 1).filter(({ id }) => !candidate.overlaps.has(id))
    yield* listSufficient(demand, others, step, [...chosen, candidate])
  }
}

/**
 * What holds for all parts together may need more of them than the requirements do: those left over are added, one
 * by one, to sums they can count for and as further alternatives of `any`, until it holds.
 */
function complete(
  taken: Taken,
  demands: ReadonlyMap<string, Demand>,
  listOf: (pointer: string) => readonly Candidate[],
  accepts: SearchOptions['accepts'],
  step: () => void,
): Assignment | undefined {
  step()
  if (accepts(taken.used)) return taken.assignment
  const extras = [...demands]
    .filter(([pointer, { kind }]) =>
      taken.assignment.has(pointer) ? kind === 'sum' : kind === 'part' && isAlternative(pointer),
    )
    .flatMap(([pointer]) =>
      listOf(pointer)
        .filter((one) => taken.isFree(one))
        .map((one) => ({ pointer, one })),
    )
  const distinct = [...new Map(extras.map((extra) => [extra.one.id, extra])).values()]
  const add = (from: number, so: Taken): Assignment | undefined => {
    step()
    if (accepts(so.used)) return so.assignment
    for (let at = from; at < distinct.length; at += 1) {
      const extra = distinct[at]
      if (!extra || !so.isFree(extra.one)) continue
      const found = add(at + 1, so.with(extra.pointer, [extra.one]))
      if (found) return found
    }
    return undefined
  }
  return add(0, taken)
}

const isAlternative = (pointer: string): boolean => /\/any\/\d+$/.test(pointer)

import type { DcqlQueryObject } from './dcql-types.ts'

/** Per query id, which credentials answer it. */
export type CandidateIds = ReadonlyMap<string, readonly string[]>

/** Per query id, the credential to show, or several where the query takes several. */
export type Selection = Readonly<Record<string, string | readonly string[]>>

export type Choice =
  | { ok: true; chosen: ReadonlyMap<string, readonly string[]> }
  | { ok: false; code: 'presentation-unsatisfiable' | 'selection-invalid' }

/**
 * Decides which queries are answered with which credential (OpenID4VP 6.4.2): all of them, or per
 * required set its first option that can be met. An optional set is answered only when the holder
 * selected for it: nobody shows more than asked by default. Pure.
 */
export function chooseCredentials(
  dcql: DcqlQueryObject,
  candidates: CandidateIds,
  selection: Selection,
): Choice {
  for (const [query, selected] of Object.entries(selection))
    if (!isPossible(dcql, candidates, query, [selected].flat()))
      return { ok: false, code: 'selection-invalid' }
  const queries = chooseQueries(dcql, candidates, Object.keys(selection))
  if (!queries) return { ok: false, code: 'presentation-unsatisfiable' }
  // Only optional sets and nothing selected: an empty answer would mean nothing.
  if (queries.size === 0) return { ok: false, code: 'selection-invalid' }
  // A selection for a query that is not answered would silently be ignored.
  if (Object.keys(selection).some((query) => !queries.has(query)))
    return { ok: false, code: 'selection-invalid' }
  const chosen = [...queries].map((query): [string, readonly string[]] => [
    query,
    (Object.hasOwn(selection, query) && selection[query]
      ? [selection[query]].flat()
      : candidates.get(query)?.slice(0, 1)) ?? [],
  ])
  return { ok: true, chosen: new Map(chosen) }
}

/** OpenID4VP 6.1: candidates only, each once, and one unless the query takes several. */
function isPossible(
  { credentials }: DcqlQueryObject,
  candidates: CandidateIds,
  query: string,
  selected: readonly string[],
): boolean {
  const possible = candidates.get(query) ?? []
  const isMultiple = credentials.find(({ id }) => id === query)?.multiple === true
  return (
    selected.length >= 1 &&
    (selected.length === 1 || isMultiple) &&
    new Set(selected).size === selected.length &&
    selected.every((credential) => possible.includes(credential))
  )
}

/** Whether every query that must be answered can be (W-33). */
export const isSatisfiable = (dcql: DcqlQueryObject, candidates: CandidateIds): boolean =>
  chooseQueries(dcql, candidates, []) !== undefined

/** Whether nothing can be answered without this query. */
export const isRequired = (dcql: DcqlQueryObject, query: string): boolean =>
  dcql.credential_sets?.some(
    ({ required, options }) => required && options.every((option) => option.includes(query)),
  ) ?? true

function chooseQueries(
  { credentials, credential_sets: sets }: DcqlQueryObject,
  candidates: CandidateIds,
  selected: readonly string[],
): ReadonlySet<string> | undefined {
  const canMeet = (query: string) => (candidates.get(query)?.length ?? 0) > 0
  if (!sets) {
    const all = credentials.map(({ id }) => id)
    return all.every(canMeet) ? new Set(all) : undefined
  }
  const queries = new Set<string>()
  for (const { options, required } of sets) {
    const possible = preferSelective(
      credentials,
      options.filter((option) => option.every(canMeet)),
    )
    const wanted = possible.find((option) => option.some((query) => selected.includes(query)))
    const option = wanted ?? (required ? possible[0] : undefined)
    if (required && !option) return undefined
    for (const query of option ?? []) queries.add(query)
  }
  return queries
}

/** Where the verifier takes either, what can be shown in part comes before what is shown whole; else its own order. */
function preferSelective(
  credentials: DcqlQueryObject['credentials'],
  options: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const selective = new Set(
    credentials.filter(({ format }) => format === 'dc+sd-jwt').map(({ id }) => id),
  )
  const countWhole = (option: readonly string[]) =>
    option.filter((query) => !selective.has(query)).length
  return [...options].sort((one, other) => countWhole(one) - countWhole(other))
}

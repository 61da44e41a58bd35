/** Definitions looked at: wholes of wholes are few levels deep. */
const maxVisited = 1_000

/**
 * A circle that a definition closes with the definitions it names, as the way round; undefined when there is none
 * (domain.md section 5: rules form a graph between definitions). Definitions that are not known end the way.
 * @param references which definitions one names, by their addresses
 */
export function findStackingCycle(
  start: string,
  references: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const visited = new Set<string>()
  const follow = (way: readonly string[]): readonly string[] | undefined => {
    for (const next of references.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return [...way, next]
      if (visited.has(next) || visited.size >= maxVisited) continue
      visited.add(next)
      const found = follow([...way, next])
      if (found) return found
    }
    return undefined
  }
  return follow([start])
}

import type { StackingProgress } from './result.ts'
import { listRequirements, type StackingRule } from './rules.ts'

type Progress = ReadonlyMap<string, StackingProgress>

/** Pointers of what still has to be fulfilled: an alternative is not missing once enough others are there. */
export function listNeeded(rule: StackingRule, progress: Progress, pointer = '/rule'): string[] {
  if (isFulfilled(rule, progress, pointer)) return []
  const { all, any } = rule
  const name = all ? 'all' : 'any'
  const parts = all ?? any
  return parts
    ? parts.flatMap((part, at) => listNeeded(part, progress, `${pointer}/${name}/${at}`))
    : [pointer]
}

function isFulfilled(rule: StackingRule, progress: Progress, pointer: string): boolean {
  const { all, any, min = 1 } = rule
  const holds = (name: 'all' | 'any') => (part: StackingRule, at: number) =>
    isFulfilled(part, progress, `${pointer}/${name}/${at}`)
  if (all) return all.every(holds('all'))
  if (any) return any.filter(holds('any')).length >= min
  return listRequirements(rule, pointer).every(
    ({ pointer: here }) => progress.get(here)?.isFulfilled === true,
  )
}

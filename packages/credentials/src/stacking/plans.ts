import type { StackingRule } from './rules.ts'

/**
 * Every way to fulfil a rule, as pointers of the requirements that are enough together: all of `all`, and so many
 * of `any` as it demands, in every combination. Lazy: a search stops at the first that works.
 */
export function* listPlans(rule: StackingRule, pointer = '/rule'): Generator<readonly string[]> {
  // What cannot be reached has no plan, and looking for one would go through every combination of the rest.
  if (!isReachable(rule)) return
  const { all, any, min = 1 } = rule
  if (all) yield* combine(all, `${pointer}/all`, [...all.keys()])
  else if (any) {
    const reachable = [...any.entries()].filter(([, part]) => isReachable(part)).map(([at]) => at)
    for (const chosen of choose(reachable, min)) yield* combine(any, `${pointer}/any`, chosen)
  } else yield [pointer]
}

/** Whether there are as many parts as the rule demands; whether they are held is for the search. */
function isReachable({ all, any, min = 1 }: StackingRule): boolean {
  if (all) return all.every(isReachable)
  return any ? any.filter(isReachable).length >= min : true
}

function* combine(
  rules: readonly StackingRule[],
  pointer: string,
  [at, ...others]: readonly number[],
): Generator<readonly string[]> {
  const rule = at === undefined ? undefined : rules[at]
  if (!rule) {
    yield []
    return
  }
  for (const plan of listPlans(rule, `${pointer}/${at}`))
    for (const rest of combine(rules, pointer, others)) yield [...plan, ...rest]
}

/** Every selection of `count` values, in order. */
function* choose(values: readonly number[], count: number): Generator<readonly number[]> {
  if (count === 0) {
    yield []
    return
  }
  if (values.length < count) return
  for (const [at, value] of values.entries())
    for (const rest of choose(values.slice(at + 1), count - 1)) yield [value, ...rest]
}

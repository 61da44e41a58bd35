import type { StackingRule } from './rules.ts'

/**
 * Every way to fulfil a rule, as pointers of the requirements that are enough together: all of `all`, and so many
 * of `any` as it demands, in every combination. Lazy: a search stops at the first that works.
 */
export function* listPlans(rule: StackingRule, pointer = '/rule'): Generator<readonly string[]> {
  const { all, any, min = 1 } = rule
  if (all) yield* combine(all, `${pointer}/all`, [...all.keys()])
  else if (any)
    for (const chosen of choose([...any.keys()], min)) yield* combine(any, `${pointer}/any`, chosen)
  else yield [pointer]
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
  for (const [at, value] of values.entries())
    for (const rest of choose(values.slice(at + 1), count - 1)) yield [value, ...rest]
}

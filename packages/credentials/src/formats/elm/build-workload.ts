import { creditFrameworks } from '../../code-lists/credits.ts'
import type { ElmRecord } from './elm-record.ts'
import { type ElmNode, findConceptNode, orNone } from './nodes.ts'

/**
 * Credits of each system. Not in a partial recognition: those of the whole were not earned, and what the part is
 * worth nobody has said.
 */
export function buildCredits(record: ElmRecord): ElmNode[] | undefined {
  if (record.isPartial) return undefined
  const credits = record.achievement.workload?.credits ?? []
  return orNone(
    credits.flatMap(({ framework, value }, at) =>
      buildCredit(record.idOf(`credit/${at}`), framework, value),
    ),
  )
}

/** Points are text in this model. */
export function buildCredit(id: string, framework: string, value: number): ElmNode[] {
  const system = findConceptNode(creditFrameworks, framework)
  return system ? [{ id, type: 'CreditPoint', framework: system, point: String(value) }] : []
}

/** Hours as a duration, `PT80H`, to the second: the model has no decimals but in seconds. */
export function buildVolume({ isPartial, achievement }: ElmRecord): string | undefined {
  const hours = achievement.workload?.hours
  if (hours === undefined || isPartial) return undefined
  const seconds = Math.max(Math.round(hours * 3600), 1)
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor((seconds % 3600) / 60), 'M'],
    [seconds % 60, 'S'],
  ] as const
  return `PT${parts.map(([amount, unit]) => (amount > 0 ? `${amount}${unit}` : '')).join('')}`
}

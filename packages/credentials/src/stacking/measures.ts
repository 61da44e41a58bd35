import { findConcept } from '../code-lists/code-list.ts'
import { creditFrameworks } from '../code-lists/credits.ts'
import type { MicroCredential } from '../formats/micro-credential.ts'
import type { LevelFloor } from './rules.ts'

/** The URI of a credit system by its URI or our code; an unknown one is only itself. */
export const findCreditFramework = (uriOrCode: string): string =>
  findConcept(creditFrameworks, uriOrCode)?.uri ?? uriOrCode

/** How a level compares to a floor; unknown when the credential shows none of that framework. */
export function compareLevel(
  { levels = [] }: MicroCredential,
  { framework, min }: LevelFloor,
): 'reached' | 'low' | 'unknown' {
  const wanted = foldFramework(framework)
  const comparable = levels.filter((level) => foldFramework(level.framework) === wanted)
  if (comparable.length === 0) return 'unknown'
  return comparable.some(({ level }) => level >= min) ? 'reached' : 'low'
}

// SeQF was referenced to EQF level by level, so its numbers say the same.
const foldFramework = (framework: string): string => {
  const name = framework.toLowerCase()
  return name === 'seqf' ? 'eqf' : name
}

/** The first day that is young enough, as the duration (ISO 8601) counts back from a day. */
export function earliestDay(today: string, maxAge: string): string {
  const [years = 0, months = 0, days = 0] = ['Y', 'M', 'D'].map((unit) =>
    Number(new RegExp(`(\\d+)${unit}`).exec(maxAge)?.[1] ?? 0),
  )
  const day = new Date(`${today}T00:00:00Z`)
  const dayOfMonth = day.getUTCDate()
  day.setUTCDate(1)
  day.setUTCMonth(day.getUTCMonth() - months - 12 * years)
  // A month back from 31 March is the last of February.
  day.setUTCDate(Math.min(dayOfMonth, lastDayOfMonth(day)))
  day.setUTCDate(day.getUTCDate() - days)
  return day.toISOString().slice(0, 10)
}

const lastDayOfMonth = (day: Date): number =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()

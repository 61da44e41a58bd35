import type { CodedValue, MicroCredential } from '@mikromerit/credentials'
import type { Aggregate } from './schemas.ts'

/** One award, however it is held, and by which credentials or records. */
export interface CountedAward {
  readonly microCredential: MicroCredential
  readonly evidence: readonly string[]
}

interface Sum {
  total: number
  readonly years: Map<number, number>
  readonly evidence: string[]
}

/** What awards say of somebody, taken together. Pure; each award counts once, and no credit system for another. */
export function aggregate(awards: readonly CountedAward[]): Aggregate {
  const hours = sumOf(awards, ({ workload }) => workload?.hours)
  return {
    awards: awards.map(({ microCredential: { title, issuer, awardedOn }, evidence }) => ({
      title,
      ...(issuer.name === undefined ? {} : { issuer: issuer.name }),
      ...(awardedOn === undefined ? {} : { awardedOn }),
      evidence: [...evidence],
    })),
    skills: collect(awards, ({ skills }) => skills)
      .map(({ value, evidence }) => ({ skill: value, evidence }))
      .sort((one, other) => other.evidence.length - one.evidence.length),
    levels: collectLevels(awards),
    fields: collect(awards, ({ fields }) => fields).map(({ value, evidence }) => ({
      field: value,
      evidence,
    })),
    credits: sumCredits(awards),
    ...(hours ? { hours } : {}),
    settings: collect(awards, ({ setting }) => setting && [setting]).map(({ value, evidence }) => ({
      setting: value,
      evidence,
    })),
  }
}

/** A value by its URI; without one by what it is called. */
export const keyOf = ({ uri, label, text }: CodedValue): string =>
  uri ?? label?.en.toLowerCase() ?? text?.toLowerCase() ?? ''

function collect(
  awards: readonly CountedAward[],
  read: (microCredential: MicroCredential) => readonly CodedValue[] | undefined,
): { value: CodedValue; evidence: string[] }[] {
  const found = new Map<string, { value: CodedValue; evidence: string[] }>()
  for (const { microCredential, evidence } of awards)
    for (const [key, value] of distinct(read(microCredential) ?? [])) {
      const entry = found.get(key) ?? { value, evidence: [] }
      if (!entry.value.label && value.label) entry.value = value
      entry.evidence.push(...evidence)
      found.set(key, entry)
    }
  return [...found.values()]
}

/** Of two descriptions of one concept, the one with a label. */
function distinct(values: readonly CodedValue[]): ReadonlyMap<string, CodedValue> {
  const found = new Map<string, CodedValue>()
  for (const value of values) {
    const key = keyOf(value)
    if (!found.get(key)?.label) found.set(key, value)
  }
  return found
}

function collectLevels(awards: readonly CountedAward[]): Aggregate['levels'] {
  const found = new Map<string, Aggregate['levels'][number]>()
  for (const { microCredential, evidence } of awards)
    for (const { framework, level, uri } of microCredential.levels ?? []) {
      const key = `${framework} ${level}`
      const entry = found.get(key) ?? {
        framework,
        level,
        ...(uri === undefined ? {} : { uri }),
        evidence: [],
      }
      entry.evidence.push(...evidence.filter((id) => !entry.evidence.includes(id)))
      found.set(key, entry)
    }
  return [...found.values()].sort(
    (one, other) => one.framework.localeCompare(other.framework) || other.level - one.level,
  )
}

function sumCredits(awards: readonly CountedAward[]): Aggregate['credits'] {
  const systems = new Map<string, CodedValue>()
  for (const { microCredential } of awards)
    for (const { framework } of microCredential.workload?.credits ?? [])
      systems.set(keyOf(framework), framework)
  return [...systems].flatMap(([key, framework]) => {
    const sum = sumOf(
      awards,
      ({ workload }) => workload?.credits?.find((credit) => keyOf(credit.framework) === key)?.value,
    )
    return sum ? [{ framework, ...sum }] : []
  })
}

/** Undefined when nobody states the number. Hundredths are added: decimals then add up exactly. */
function sumOf(
  awards: readonly CountedAward[],
  read: (microCredential: MicroCredential) => number | undefined,
) {
  const sum: Sum = { total: 0, years: new Map(), evidence: [] }
  for (const { microCredential, evidence } of awards) {
    const value = read(microCredential)
    if (value === undefined) continue
    const hundredths = Math.round(value * 100)
    const year = Number(microCredential.awardedOn?.slice(0, 4))
    sum.total += hundredths
    sum.evidence.push(...evidence)
    if (Number.isInteger(year)) sum.years.set(year, (sum.years.get(year) ?? 0) + hundredths)
  }
  if (sum.evidence.length === 0) return undefined
  const byYear = [...sum.years]
    .sort(([one], [other]) => one - other)
    .map(([year, value]) => ({ year, value: value / 100 }))
  return { total: sum.total / 100, byYear, evidence: sum.evidence }
}

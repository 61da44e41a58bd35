import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { BulkPlan } from './bulk/section.ts'
import type { Plan } from './measuring/rounds.ts'
import type { PublicationPlan } from './status/publication.ts'

export const sectionNames = [
  'signing',
  'verifying',
  'issuance',
  'presentation',
  'wallet',
  'status',
  'processes',
  // Last: it starts the issuer anew.
  'bulk',
] as const
export type SectionName = (typeof sectionNames)[number]

export interface Options {
  readonly sections: readonly SectionName[]
  /** One operation over and over. */
  readonly operations: Plan
  /** Flows over HTTP: longer, since more of the machine must get into its stride. */
  readonly flows: Plan
  readonly publication: PublicationPlan
  readonly bulk: BulkPlan
  /** Times a process is started. */
  readonly repetitions: number
  readonly profiles: string | undefined
  /** Whether the figures may go into docs/performance.md: everything, measured at length. */
  readonly isComplete: boolean
}

const thorough = {
  operations: { rounds: 7, warmUpMilliseconds: 1_000, roundMilliseconds: 500 },
  flows: { rounds: 5, warmUpMilliseconds: 4_000, roundMilliseconds: 2_000 },
  publication: { revokedBefore: 5_000, repetitions: 15 },
  bulk: { small: 10_000, large: 100_000 },
  repetitions: 5,
}

const quick = {
  operations: { rounds: 3, warmUpMilliseconds: 200, roundMilliseconds: 300 },
  flows: { rounds: 3, warmUpMilliseconds: 1_500, roundMilliseconds: 1_000 },
  publication: { revokedBefore: 200, repetitions: 5 },
  bulk: { small: 1_000, large: 10_000 },
  repetitions: 3,
}

/** Reads the command line. @throws Error for a section that does not exist. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      profile: { type: 'string' },
    },
  })
  const sections = values.only?.split(',').map(toSectionName) ?? sectionNames
  return {
    sections,
    ...(values.quick ? quick : thorough),
    profiles: values.profile === undefined ? undefined : resolve(values.profile),
    isComplete:
      !values.quick && values.profile === undefined && sections.length === sectionNames.length,
  }
}

function toSectionName(name: string): SectionName {
  const found = sectionNames.find((known) => known === name.trim())
  if (!found) throw new Error(`--only takes some of: ${sectionNames.join(', ')}`)
  return found
}

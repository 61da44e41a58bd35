import { setImmediate } from 'node:timers/promises'
import { evaluateStacking, type StackingResult, stockholmDate } from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'
import type { WalletContext } from '../context.ts'
import { listCandidates } from '../credentials/credentials.ts'
import {
  countsAsHeld,
  type HeldAward,
  listHeldAwards,
  toStackingCredential,
} from '../credentials/held-awards.ts'
import {
  type Definition,
  describeDefinition,
  fetchDefinition,
} from '../definitions/fetch-definition.ts'
import { listDefinitions } from '../definitions/list-definitions.ts'
import { asHolder } from '../holders/holders.ts'
import { refreshOutdated } from '../statuses/refresh-status.ts'
import type { Progress, ProgressList } from './schemas.ts'

/**
 * How far a learner has come towards a definition, by its own rules and the learner's verified credentials alone.
 * Throws `definition-unreachable`, `definition-invalid` or `definition-without-rules`.
 */
export async function showProgress(
  context: WalletContext,
  holderId: string,
  url: string,
): Promise<Progress> {
  const definition = await fetchDefinition(context, url)
  const progress = evaluateProgress(definition, await readAwards(context, holderId), context)
  if (!progress) throw new Problem('definition-without-rules')
  return progress
}

/** The same towards every definition of a catalogue that has rules, the nearest first. */
export async function listProgress(
  context: WalletContext,
  holderId: string,
  catalogue: string,
): Promise<ProgressList> {
  const { definitions, hasMore } = await listDefinitions(context, catalogue)
  const awards = await readAwards(context, holderId)
  const items: Progress[] = []
  for (const definition of definitions) {
    const progress = evaluateProgress(definition, awards, context)
    if (progress) items.push(progress)
    // A hundred evaluations at a stretch would keep everybody else waiting.
    await setImmediate()
  }
  return { items: items.sort((one, other) => shareOf(other) - shareOf(one)), hasMore }
}

/** What the learner was awarded, with a status that says something. */
export async function readAwards(context: WalletContext, holderId: string): Promise<HeldAward[]> {
  await refreshOutdated(context, holderId)
  return asHolder(context, holderId, async (tx, holder) =>
    listHeldAwards(await listCandidates(tx, holder), context.clock.now()),
  )
}

/** Undefined for a definition that is no whole made of others. */
export function evaluateProgress(
  definition: Definition,
  awards: readonly HeldAward[],
  { clock }: Pick<WalletContext, 'clock'>,
): Progress | undefined {
  const { stackingRules: rules } = definition
  if (!rules) return undefined
  const isHeld = awards.some(
    ({ state, microCredential }) =>
      countsAsHeld(state) && microCredential.achievementId === definition.url,
  )
  const result = evaluateStacking(
    rules,
    awards.map(toStackingCredential),
    stockholmDate(clock.now()),
  )
  return { definition: describeDefinition(definition), isHeld, result }
}

const shareOf = ({ result: { outcome, progress } }: Progress): number =>
  outcome === 'fulfilled'
    ? 2
    : progress.filter(({ isFulfilled }: StackingResult['progress'][number]) => isFulfilled).length /
      Math.max(progress.length, 1)

import { type CodedValue, chooseText } from '@mikromerit/credentials'
import type { WalletContext } from '../context.ts'
import { countsAsHeld, type HeldAward } from '../credentials/held-awards.ts'
import {
  type Definition,
  describeDefinition,
  fetchDefinition,
} from '../definitions/fetch-definition.ts'
import { asHolder } from '../holders/holders.ts'
import { evaluateProgress, readAwards } from '../progress/evaluate-progress.ts'
import { listCountedRecords } from '../records/records.ts'
import { aggregate, type CountedAward, keyOf } from './aggregate.ts'
import type { Aggregate, Gaps, Portfolio } from './schemas.ts'

/** What a learner can: by what was issued to them, and strictly apart, by what they brought along. */
export async function showPortfolio(context: WalletContext, holderId: string): Promise<Portfolio> {
  const awards = await readAwards(context, holderId)
  const records = await asHolder(context, holderId, listCountedRecords)
  return {
    verified: aggregate(awards.filter(({ state }) => countsAsHeld(state)).map(toCounted)),
    notCounted: awards.flatMap(describeUncounted),
    ownRecords: {
      sealed: aggregate(records.filter(({ isSelfDeclared }) => !isSelfDeclared)),
      selfDeclared: aggregate(records.filter(({ isSelfDeclared }) => isSelfDeclared)),
    },
  }
}

/**
 * What a learner lacks towards a definition, by their verified credentials alone.
 * Throws `definition-unreachable` or `definition-invalid`.
 */
export async function findGaps(
  context: WalletContext,
  holderId: string,
  url: string,
): Promise<Gaps> {
  const definition = await fetchDefinition(context, url)
  const awards = await readAwards(context, holderId)
  const counted = awards.filter(({ state }) => countsAsHeld(state))
  const { skills, levels } = aggregate(counted.map(toCounted))
  const progress = evaluateProgress(definition, awards, context)
  const { prerequisites } = definition
  return {
    definition: describeDefinition(definition),
    isHeld: counted.some(({ microCredential }) => microCredential.achievementId === url),
    skills: compareSkills(listSkills(definition), skills),
    levels: compareLevels(definition, levels),
    ...(prerequisites && {
      prerequisites: {
        sv: chooseText(prerequisites, 'sv').text,
        en: chooseText(prerequisites, 'en').text,
      },
    }),
    ...(progress && { progress }),
  }
}

const toCounted = ({ microCredential, credentialIds }: HeldAward): CountedAward => ({
  microCredential,
  evidence: credentialIds,
})

function describeUncounted({ microCredential: { title }, state, credentialIds }: HeldAward) {
  if (state === 'valid' || state === 'not_published') return []
  return [{ title, state, evidence: [...credentialIds] }]
}

/** Skills of the whole and of its outcomes, each once. */
function listSkills({ skills = [], learningOutcomes = [] }: Definition): CodedValue[] {
  const all = [...skills, ...learningOutcomes.flatMap((outcome) => outcome.skills ?? [])]
  const described = all.map(({ uri, label }): [string, CodedValue] => [
    uri,
    {
      uri,
      ...(label && {
        label: { sv: chooseText(label, 'sv').text, en: chooseText(label, 'en').text },
      }),
    },
  ])
  return [...new Map(described).values()]
}

function compareSkills(wanted: readonly CodedValue[], shown: Aggregate['skills']): Gaps['skills'] {
  const held = wanted.flatMap((skill) => {
    const found = shown.find((one) => keyOf(one.skill) === keyOf(skill))
    return found ? [{ skill, evidence: found.evidence }] : []
  })
  const heldKeys = new Set(held.map(({ skill }) => keyOf(skill)))
  return { held, missing: wanted.filter((skill) => !heldKeys.has(keyOf(skill))) }
}

/** Frameworks are not converted: a level of another says nothing here. */
const compareLevels = ({ levels = [] }: Definition, shown: Aggregate['levels']): Gaps['levels'] =>
  levels.map(({ framework, level }) => {
    const highest = shown.find(
      (one) => one.framework.toLowerCase() === framework.toLowerCase(),
    )?.level
    return { framework, level, ...(highest === undefined ? {} : { highest }) }
  })

import {
  areEvaluable,
  chooseText,
  LanguageMap,
  LearningOutcome,
  Level,
  SkillRef,
  StackingRules,
  Workload,
} from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import type { WalletContext } from '../context.ts'

// What the wallet reads of a published definition; everything else in it is ignored.
const PublishedDefinition = Type.Object({
  url: Type.Optional(Type.String({ maxLength: 2_048 })),
  title: LanguageMap,
  levels: Type.Optional(Type.Array(Level, { maxItems: 10 })),
  skills: Type.Optional(Type.Array(SkillRef, { maxItems: 100 })),
  learningOutcomes: Type.Optional(Type.Array(LearningOutcome, { maxItems: 50 })),
  workload: Type.Optional(Workload),
  prerequisites: Type.Optional(LanguageMap),
  stackingRules: Type.Optional(StackingRules),
})
type PublishedDefinition = Static<typeof PublishedDefinition>

/** A definition of a micro-credential as its provider publishes it, and the address that is its identity. */
export interface Definition extends PublishedDefinition {
  readonly url: string
}

const maxDefinitionBytes = 256 * 1_024

/**
 * Fetches a definition from its own address, through the guarded client.
 * Throws `definition-unreachable` or `definition-invalid`.
 */
export async function fetchDefinition(context: WalletContext, url: string): Promise<Definition> {
  const answer = await context.outbound.getJson(url, {
    accept: 'application/json',
    maxBytes: maxDefinitionBytes,
  })
  if (!answer.ok) {
    const isOutage =
      answer.code === 'timeout' || answer.code === 'unreachable' || (answer.status ?? 0) >= 500
    if (isOutage) throw new Problem('definition-unreachable')
    throw invalid('Its address may not be called, or does not answer with a small JSON document.')
  }
  const definition = readDefinition(answer.value.body, url)
  if (!definition) throw invalid('What lies at its address is no definition of a micro-credential.')
  return definition
}

/** Undefined for what is no definition, names itself another, or has rules without end. */
export function readDefinition(document: unknown, address?: string): Definition | undefined {
  if (!Value.Check(PublishedDefinition, document)) return undefined
  const { url = address, stackingRules } = document
  if (stackingRules && !areEvaluable(stackingRules)) return undefined
  return url === undefined || (address !== undefined && url !== address)
    ? undefined
    : { ...document, url }
}

/** Which definition it is, for people. */
export const describeDefinition = ({ url, title }: Definition) => ({
  url,
  title: { sv: chooseText(title, 'sv').text, en: chooseText(title, 'en').text },
})

const invalid = (detail: string): Problem => new Problem('definition-invalid', { detail })

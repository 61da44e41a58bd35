import {
  type ComponentRef,
  evaluateStacking,
  type Learner,
  type MicroCredential,
  type StackingCredential,
  type StackingResult,
  type StackingRules,
} from '@mikromerit/credentials'
import { findLearner } from './find-learner.ts'

/** What an answered request comes to. */
export type CompositeDecision =
  | { readonly state: 'missing'; readonly result: StackingResult }
  | { readonly state: 'refused'; readonly code: 'learner-unknown' | 'learner-differs' }
  | {
      readonly state: 'fulfilled'
      readonly result: StackingResult
      readonly learner: Learner
      readonly components: ComponentRef[]
    }

/** Decides whether what was shown suffices for the whole, and is one learner's. Pure. */
export function decideComposite(
  rules: StackingRules,
  shown: readonly StackingCredential[],
  today: string,
): CompositeDecision {
  const credentials = distinct(shown)
  const result = evaluateStacking(rules, credentials, today)
  if (result.outcome === 'missing') return { state: 'missing', result }
  const isUsed = new Set(result.used.map(({ credential }) => credential))
  const used = credentials.filter(({ id }) => isUsed.has(id))
  const learner = findLearner(used.map(({ microCredential }) => microCredential))
  if (!learner.ok) return { state: 'refused', code: learner.code }
  return {
    state: 'fulfilled',
    result,
    learner: learner.value,
    components: used.map(({ microCredential }) => toComponent(microCredential)),
  }
}

/** One credential may answer several queries; what each disclosed adds up. */
function distinct(shown: readonly StackingCredential[]): StackingCredential[] {
  const byId = new Map<string, StackingCredential>()
  for (const one of shown) {
    const known = byId.get(one.id)
    const microCredential = { ...known?.microCredential, ...one.microCredential }
    byId.set(one.id, known ? { ...worse(known, one), microCredential } : one)
  }
  return [...byId.values()]
}

const rank = { valid: 0, undetermined: 1, invalid: 2 } as const

const worse = (one: StackingCredential, other: StackingCredential) =>
  rank[other.outcome] > rank[one.outcome] ? other : one

function toComponent(shown: MicroCredential): ComponentRef {
  const { title, issuer, awardingBodies, awardedOn, awardId, achievementId, workload } = shown
  const [body = issuer] = awardingBodies ?? []
  const credits = (workload?.credits ?? []).flatMap(({ framework: { uri }, value }) =>
    uri === undefined ? [] : [{ framework: uri, value }],
  )
  return {
    title: { sv: title.slice(0, 300) },
    awardingBody: {
      legalName: { sv: (body.name ?? issuer.identifier ?? title).slice(0, 300) },
      ...(body.country !== undefined &&
        /^[A-Z]{2}$/.test(body.country) && { country: body.country }),
    },
    ...(isDay(awardedOn) && { awardedOn }),
    ...(shown.credentialDigest !== undefined && { credentialDigest: shown.credentialDigest }),
    ...(isUri(awardId) && { awardId }),
    ...(isUri(achievementId) && { achievementId }),
    ...(credits.length > 0 && { credits: credits.slice(0, 5) }),
  }
}

const isDay = (text: string | undefined): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '')
const isUri = (text: string | undefined): text is string =>
  /^(?:https?:\/\/|urn:)[^\s"<>\\^`{|}]{1,2000}$/.test(text ?? '')

import type { MicroCredential } from '../formats/micro-credential.ts'
import type { StackingCredential } from './credential.ts'
import { hundredths } from './credential.ts'
import { findExclusion } from './exclusions.ts'
import { findCreditFramework } from './measures.ts'
import type { StackingCode } from './reasons.ts'
import type { StackingRules } from './rules.ts'

/**
 * One award, in whatever formats it was shown. An award counts once, so its credentials are alternatives: what any
 * valid one of them shows can be used.
 */
export interface Candidate {
  /** The credential that stands for it in the answer. */
  readonly id: string
  readonly shown: readonly MicroCredential[]
  readonly awardedOn: string
  /** Who decided it, by name: the one thing every format has. */
  readonly awardingBodies: readonly string[]
  /** Other candidates that it is a part of, or that are parts of it: they never count together. */
  readonly overlaps: ReadonlySet<string>
}

export interface Excluded {
  readonly credential: StackingCredential
  readonly code: StackingCode
}

export interface Candidates {
  readonly usable: readonly Candidate[]
  readonly excluded: readonly Excluded[]
}

/** Sorts credentials into awards that may count and credentials that cannot, whatever the order they came in. */
export function findCandidates(
  credentials: readonly StackingCredential[],
  { constraints = {} }: StackingRules,
  today: string,
): Candidates {
  const sorted = [...credentials].sort(byAge)
  const excluded = sorted.flatMap((credential) => {
    const code = findExclusion(credential, constraints, today)
    return code ? [{ credential, code }] : []
  })
  const out = new Set(excluded.map(({ credential }) => credential.id))
  const groups = Map.groupBy(
    sorted.filter(({ id }) => !out.has(id)),
    ({ id, microCredential }) => microCredential.awardId ?? id,
  )
  const usable = [...groups.values()].flatMap((group) => toCandidate(group, groups))
  return { usable, excluded }
}

// The oldest first, then by id: the answer does not depend on the order credentials came in.
const byAge = (one: StackingCredential, other: StackingCredential): number =>
  compare(one.microCredential.awardedOn ?? '9999', other.microCredential.awardedOn ?? '9999') ||
  compare(one.id, other.id)

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

function toCandidate(
  group: readonly StackingCredential[],
  groups: ReadonlyMap<string, readonly StackingCredential[]>,
): Candidate[] {
  const [first] = group
  if (!first) return []
  const overlaps = [...groups.values()].flatMap(([other, ...more]) =>
    other && other !== first && isPartOfOther(group, [other, ...more]) ? [other.id] : [],
  )
  return [
    {
      id: first.id,
      shown: group.map(({ microCredential }) => microCredential),
      awardedOn: first.microCredential.awardedOn ?? '',
      awardingBodies: listAwardingBodies(first.microCredential),
      overlaps: new Set(overlaps),
    },
  ]
}

const isPartOfOther = (
  one: readonly StackingCredential[],
  other: readonly StackingCredential[],
): boolean => hasPart(one, other) || hasPart(other, one)

/** Parts are named by the digest of the credential that counted, or by its award. */
const hasPart = (
  whole: readonly StackingCredential[],
  part: readonly StackingCredential[],
): boolean =>
  whole.some(({ microCredential }) =>
    (microCredential.components ?? []).some(({ credentialDigest, awardId }) =>
      part.some(
        ({ microCredential: shown }) =>
          (credentialDigest !== undefined && credentialDigest === shown.credentialDigest) ||
          (awardId !== undefined && awardId === shown.awardId),
      ),
    ),
  )

function listAwardingBodies({ awardingBodies, issuer }: MicroCredential): string[] {
  const parties = awardingBodies?.length ? awardingBodies : [issuer]
  return parties.flatMap(({ name, identifier }) => {
    const body = name ?? identifier
    return body === undefined ? [] : [foldName(body)]
  })
}

/** Names are compared without regard to case, spacing and the form of their accents. */
export const foldName = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()

/** Credits of one system, in hundredths; undefined when none are shown. */
export function readCredits({ shown }: Candidate, framework: string): number | undefined {
  const wanted = findCreditFramework(framework)
  const found = shown.flatMap(({ workload }) =>
    (workload?.credits ?? [])
      .filter(({ framework: { uri } }) => uri !== undefined && findCreditFramework(uri) === wanted)
      .map(({ value }) => hundredths(value)),
  )
  return found.length > 0 ? Math.max(...found) : undefined
}

/** Hours of the notional workload, in hundredths; never made of credits. */
export function readHours({ shown }: Candidate): number | undefined {
  const found = shown.flatMap(({ workload }) =>
    workload?.hours === undefined ? [] : [hundredths(workload.hours)],
  )
  return found.length > 0 ? Math.max(...found) : undefined
}

export const readSkills = ({ shown }: Candidate): ReadonlySet<string> =>
  new Set(shown.flatMap(({ skills }) => (skills ?? []).flatMap(({ uri }) => uri ?? [])))

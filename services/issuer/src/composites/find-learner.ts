import {
  type Learner,
  learningCredentialVct,
  type MicroCredential,
  rulebookVcts,
} from '@mikromerit/credentials'

type FoundLearner =
  | { readonly ok: true; readonly value: Learner }
  | { readonly ok: false; readonly code: 'learner-unknown' | 'learner-differs' }

const europeanStudentIdentifier = /^urn:schac:personalUniqueCode:int:esi:[^:]+:.+$/

/**
 * The one learner that all parts belong to: same names, and no two identifiers that name different people. Holding
 * the keys is not enough: a wallet can hold credentials of several people.
 */
export function findLearner(parts: readonly MicroCredential[]): FoundLearner {
  const [first] = parts
  const learner = first?.learner
  if (!learner?.familyName || parts.some((part) => !part.learner?.familyName))
    return { ok: false, code: 'learner-unknown' }
  const names = new Set(parts.map(nameOf))
  const identifiers = new Set(parts.flatMap((part) => identifierOf(part) ?? []))
  const births = new Set(parts.flatMap((part) => part.learner?.birthDate ?? []))
  if (names.size > 1 || identifiers.size > 1 || births.size > 1)
    return { ok: false, code: 'learner-differs' }
  const [externalId] = identifiers
  if (identifiers.size === 0 && parts.some(mayHideGivenName))
    return { ok: false, code: 'learner-unknown' }
  const { givenName, familyName } = learner
  return {
    ok: true,
    value: {
      ...(givenName !== undefined && { givenName: givenName.slice(0, 200) }),
      familyName: familyName.slice(0, 200),
      ...(externalId !== undefined && { externalId: externalId.slice(0, 255) }),
    },
  }
}

/** Types of which the holder may keep claims back. */
const disclosedInParts = new Set([learningCredentialVct, ...Object.values(rulebookVcts)])

/**
 * An SD-JWT VC without a given name may keep it back, and so make one person of two who share a family name. Those who
 * have no given name can show a format that is shown whole.
 */

const mayHideGivenName = ({ type, learner }: MicroCredential): boolean =>
  learner?.givenName === undefined && disclosedInParts.has(type)

/** Compared without regard to case, spacing and the form of accents. */
const nameOf = ({ learner }: MicroCredential): string =>
  JSON.stringify(
    [learner?.givenName, learner?.familyName].map((name = '') =>
      name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim(),
    ),
  )

/** Only an identifier made to be shown names the same person everywhere; others are of one award alone. */
const identifierOf = ({ learner }: MicroCredential): string | undefined => {
  const id = learner?.identification
  return id !== undefined && europeanStudentIdentifier.test(id) ? id : undefined
}

import type { Learner } from '../../domain/award.ts'
import { identityTypes } from './vocabulary.ts'

const europeanStudentIdentifier = /^urn:schac:personalUniqueCode:int:esi:[^:]+:.+$/

/**
 * Who the learner is: the name whole, as others read it, and in its parts; an identifier only when it was made to be
 * shown (domain.md 3.4). Birth date and address are never put into a badge.
 */
export function projectIdentity({ givenName, familyName, externalId }: Learner) {
  const name = givenName === undefined ? familyName : `${givenName} ${familyName}`
  return [
    identify('name', name),
    ...(givenName === undefined ? [] : [identify(identityTypes.givenName, givenName)]),
    identify(identityTypes.familyName, familyName),
    ...(externalId !== undefined && europeanStudentIdentifier.test(externalId)
      ? [identify(identityTypes.studentIdentifier, externalId)]
      : []),
  ]
}

const identify = (identityType: string, identityHash: string) => ({
  type: 'IdentityObject',
  hashed: false,
  identityType,
  identityHash,
})

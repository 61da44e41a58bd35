import { omitAbsent } from '../omit-absent.ts'
import { type ElmRecord, primaryTag } from './elm-record.ts'
import { buildIdentifier, type ElmNode, startOfDay } from './nodes.ts'

const europeanStudentIdentifier = /^urn:schac:personalUniqueCode:int:esi:[^:]+:.+$/

/**
 * Who achieved it (element 1). Names have one language each in this model. Of identifiers only a European Student
 * Identifier is shown, which is made for that; `nationalID` is never used.
 */
export function buildLearner(record: ElmRecord, withBirthDate: boolean): ElmNode {
  const { idOf } = record
  const { givenName, familyName, birthDate, externalId } = record.award.learner
  const name = (text: string) => ({ [primaryTag(record)]: text })
  const isEsi = externalId !== undefined && europeanStudentIdentifier.test(externalId)
  return omitAbsent({
    id: idOf('learner'),
    type: 'Person',
    identifier: isEsi
      ? [
          buildIdentifier(idOf('learner/esi'), {
            scheme: 'European Student Identifier',
            value: externalId,
          }),
        ]
      : undefined,
    givenName: givenName === undefined ? undefined : name(givenName),
    familyName: name(familyName),
    fullName: name(givenName === undefined ? familyName : `${givenName} ${familyName}`),
    dateOfBirth: withBirthDate && birthDate ? startOfDay(birthDate) : undefined,
  })
}

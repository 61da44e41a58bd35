import { holdsPersonalNumber } from '@mikromerit/credentials'
import { present } from '../present.ts'
import { firstChild, type XmlElement } from '../xml/element.ts'
import type { ElmoLearner } from './elmo.ts'
import { readDate, readIdentifiers, readToken } from './read-values.ts'
import type { Report } from './report.ts'

/** Told each national identifier in the file, to match a person in memory and for nothing else (domain.md section 6). */
export type NationalIdentifierListener = (identifier: string) => void

export function readLearner(
  root: XmlElement,
  report: Report,
  onNationalIdentifier: NationalIdentifierListener = () => {},
): ElmoLearner {
  const learner = firstChild(root, 'learner')
  if (!learner) {
    report('ELMO_ELEMENT_MISSING', root)
    return { identifiers: [] }
  }
  const givenName = readToken(learner, 'givenNames')
  const familyName = readToken(learner, 'familyName')
  if (familyName === undefined) report('NAME_MISSING', learner)
  const birthDate = readDate(learner, 'dateOfBirth', report) ?? readDate(learner, 'bday', report)
  const identifiers = readIdentifiers(learner).filter(({ scheme, value }) => {
    // Some institutions write a personnummer under another name.
    const isNational = scheme === 'nationalIdentifier' || holdsPersonalNumber(value)
    if (isNational) onNationalIdentifier(value)
    return !isNational
  })
  return { ...present({ givenName, familyName, birthDate }), identifiers }
}

import { type AwardRecord, type Learner, type Loss, loss } from '@mikromerit/credentials'
import { isElmoCountry } from './countries.ts'
import { isEuropeanStudentIdentifier } from './identifiers.ts'

/** What ELMO leaves out of these records. What is never published (e-mail, assessors' names) is not counted as lost. */
export const findElmoLosses = (learner: Learner, records: readonly AwardRecord[]): Loss[] => [
  ...(learner.externalId !== undefined && !isEuropeanStudentIdentifier(learner.externalId)
    ? [loss('LOSS_NOT_CARRIED', '/learner/externalId')]
    : []),
  ...records.flatMap(({ organisation }, index) => [
    ...(['kind', 'logo', 'accreditations', 'parentOrganisation'] as const)
      .filter((member) => organisation[member] !== undefined)
      .map((member) => loss('LOSS_NOT_CARRIED', `/records/${index}/organisation/${member}`)),
    ...(isElmoCountry(organisation.country)
      ? []
      : [loss('LOSS_NOT_CARRIED', `/records/${index}/organisation/country`)]),
  ]),
]

import { assessmentTypes, learningModes, supervisionTypes } from './assessment.ts'
import type { CodeList } from './code-list.ts'
import { creditFrameworks } from './credits.ts'
import { learningActivityTypes, learningOutcomeTypes, learningSettingConcepts } from './learning.ts'
import { eqfLevels, seqfLevels } from './levels.ts'
import { qualityAssuranceTypes } from './quality-assurance.ts'

const lists: readonly CodeList[] = [
  assessmentTypes,
  learningModes,
  supervisionTypes,
  creditFrameworks,
  learningActivityTypes,
  learningOutcomeTypes,
  learningSettingConcepts,
  eqfLevels,
  seqfLevels,
  qualityAssuranceTypes,
]

/** Which editions of the code lists are read here: the URI of a scheme names its edition. */
export const codeListVersions = (): { scheme: string; name: string }[] =>
  lists.map(({ scheme, name }) => ({ scheme, name: name.en }))

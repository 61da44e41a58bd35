import { assessmentTypes, learningModes, supervisionTypes } from '../../code-lists/assessment.ts'
import { type CodeList, findConcept } from '../../code-lists/code-list.ts'
import { learningActivityTypes } from '../../code-lists/learning.ts'
import { assuranceLevelConcepts, proficiencyConcepts } from '../../code-lists/proficiency.ts'
import { qualityAssuranceTypes } from '../../code-lists/quality-assurance.ts'

/** How the rulebooks write the values of a code list. */
export interface Spelling {
  readonly list: CodeList
  /** Where a value is written otherwise than our code with hyphens. No two values are written alike. */
  readonly words: Readonly<Record<string, string>>
}

/**
 * The rulebooks, 2.8: their own values where they mean the same, and else a value of the issuer's, which they allow;
 * so every value of ours can be read back. A licence is what they call an accreditation; quality assurance is not one.
 */
export const spellings = {
  assessment: {
    list: assessmentTypes,
    words: {
      portfolio: 'portfolio-assessment',
      project_work: 'project-assessment',
      artefact_assessment: 'work-product-evaluation',
    },
  },
  participation: {
    list: learningModes,
    words: { onsite: 'on-site', work_based: 'workplace-based' },
  },
  activity: {
    list: learningActivityTypes,
    words: { classroom: 'classroom-coursework', job_experience: 'work-experience' },
  },
  supervision: {
    list: supervisionTypes,
    words: {
      supervised_id: 'supervised-with-identity-verification',
      supervised_no_id: 'supervised-without-identity-verification',
      unsupervised_id: 'unsupervised-with-identity-verification',
      unsupervised_no_id: 'unsupervised-without-identity-verification',
    },
  },
  qualityAssurance: {
    list: qualityAssuranceTypes,
    words: {
      institutional_qa: 'institutional-quality-assurance',
      programme_qa: 'programme-quality-assurance',
      institutional_licence: 'institutional-accreditation',
      programme_licence: 'programme-accreditation',
    },
  },
  proficiency: { list: proficiencyConcepts, words: {} },
  assuranceLevel: { list: assuranceLevelConcepts, words: {} },
} satisfies Readonly<Record<string, Spelling>>

const writeCode = ({ words }: Spelling, code: string): string =>
  words[code] ?? code.replaceAll('_', '-')

/** A value as the rulebooks write it; one of another list stays as it is. */
export function spell(spelling: Spelling, uriOrCode: string): string {
  const concept = findConcept(spelling.list, uriOrCode)
  return concept ? writeCode(spelling, concept.code) : uriOrCode
}

/** The URI of what the rulebooks' word stands for; a word of somebody else's stays as it is. */
export const readSpelling = (spelling: Spelling, word: string): string =>
  spelling.list.concepts.find(({ code }) => writeCode(spelling, code) === word)?.uri ?? word

import { assessmentTypes, learningModes, supervisionTypes } from '../../code-lists/assessment.ts'
import { type CodeList, findConcept } from '../../code-lists/code-list.ts'
import { creditFrameworks } from '../../code-lists/credits.ts'
import type { CodedValue } from '../micro-credential.ts'
import { omitAbsent, omitEmpty } from '../omit-absent.ts'
import { type Claims, readNumber, readText } from '../read-claims.ts'

/** Words of the Dutch educredential context that mean what a concept of ours means; the rest stays in their words. */
const participationWords: Readonly<Record<string, string>> = { online: 'online' }
const assessmentWords: Readonly<Record<string, string>> = { portfolio: 'portfolio' }
const supervisionWords: Readonly<Record<string, string>> = {
  'unsupervised with no identity verification': 'unsupervised_no_id',
  'supervised with no identity verification': 'supervised_no_id',
  'onsite with identity verification': 'supervised_id',
}

const priorLearning = 'recognition of prior learning'

/** What the Dutch educredential context adds to an achievement (domain.md 3.6). */
export function readEducredential(achievement: Claims) {
  const { ECTS, timeInvestment, SBU, participationType, assessmentType, supervisionType } =
    achievement
  const ects = readNumber(ECTS)
  const assessment = readText(assessmentType)
  return omitAbsent({
    workload: omitEmpty({
      hours: readNumber(timeInvestment) ?? readNumber(SBU),
      credits: ects === undefined ? undefined : [{ framework: ectsFramework, value: ects }],
    }),
    modes: readWord(learningModes, participationWords, readText(participationType)),
    types: readWord(assessmentTypes, assessmentWords, assessment),
    supervision: readWord(supervisionTypes, supervisionWords, readText(supervisionType)),
    validation: assessment === priorLearning ? {} : undefined,
  })
}

export const ectsFramework: CodedValue = (() => {
  const concept = findConcept(creditFrameworks, 'ects')
  return concept ? { uri: concept.uri, label: concept.labels } : { text: 'ECTS' }
})()

function readWord(
  list: CodeList,
  words: Readonly<Record<string, string>>,
  text: string | undefined,
): CodedValue | undefined {
  if (text === undefined) return undefined
  const code = Object.hasOwn(words, text) ? words[text] : undefined
  const concept = code === undefined ? undefined : findConcept(list, code)
  return concept ? { uri: concept.uri, label: concept.labels } : { text }
}

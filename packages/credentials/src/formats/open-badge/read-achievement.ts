import { assessmentTypes, learningModes, supervisionTypes } from '../../code-lists/assessment.ts'
import type { CodeList } from '../../code-lists/code-list.ts'
import { creditFrameworks } from '../../code-lists/credits.ts'
import { findFieldOfEducation } from '../../code-lists/fields-of-education.ts'
import { learningSettingConcepts } from '../../code-lists/learning.ts'
import { eqfLevels, seqfLevels } from '../../code-lists/levels.ts'
import { qualityAssuranceTypes } from '../../code-lists/quality-assurance.ts'
import { levelBases } from '../../domain/learning.ts'
import type { CodedValue, MicroCredential } from '../micro-credential.ts'
import { omitAbsent, omitEmpty } from '../omit-absent.ts'
import { readCoded } from '../read-claims.ts'
import type { Alignment, AlignmentKind } from './read-alignments.ts'
import { levelBasisWords, settingWords } from './words.ts'

/** What the normalised model says of a definition that a badge says by alignments. */
export function readAlignedElements(alignments: readonly Alignment[]) {
  const ofKind = (...kinds: readonly AlignmentKind[]) =>
    alignments.filter(({ kind }) => kinds.includes(kind))
  return omitAbsent({
    learningOutcomes: texts(ofKind('outcome')),
    levels: some(ofKind('eqf', 'nqf').map(readLevel), 20),
    fields: some(ofKind('field').map(readField), 200),
    skills: some(ofKind('esco', 'skill').map(readOther), 200),
    qualityAssurance: some(ofKind('qualityAssurance').map(readIn(qualityAssuranceTypes)), 200),
    assessment: omitEmpty({
      types: some(ofKind('assessment').map(readIn(assessmentTypes)), 200),
      supervision: ofKind('supervision').map(readIn(supervisionTypes))[0],
    }),
    participation: omitEmpty({
      modes: some(ofKind('participation').map(readIn(learningModes)), 200),
      languages: some(
        ofKind('language').map(({ code, name }) => code ?? name),
        50,
      ),
    }),
    setting: ofKind('setting').map(readSetting)[0],
    workload: omitEmpty({
      hours: ofKind('hours').map(readAmount)[0],
      credits: some(ofKind('credit').map(readCredit), 20),
    }),
    stacking: readStacking(ofKind('stacking')),
  })
}

/** At most so many, and nothing rather than an empty list. */
export function some<T>(values: readonly (T | undefined)[], atMost: number): T[] | undefined {
  const found = values.filter((value) => value !== undefined).slice(0, atMost)
  return found.length > 0 ? found : undefined
}

const texts = (alignments: readonly Alignment[]) =>
  some(
    alignments.map(({ name }) => name),
    200,
  )

/** By its address in the list; else as it stands, with the name it was given. */
const readIn =
  (list: CodeList) =>
  (alignment: Alignment): CodedValue | undefined => {
    const byUrl = readCoded(list)(alignment.url)
    if (byUrl?.label) return byUrl
    const byName = readCoded(list)(alignment.name)
    return byName?.label ? byName : readOther(alignment)
  }

const readOther = ({ url, name }: Alignment): CodedValue | undefined => {
  const uri = url !== undefined && /^(?:https?:\/\/|urn:)/.test(url) ? url : undefined
  return omitEmpty({ uri, text: name === uri ? undefined : name })
}

type Level = NonNullable<MicroCredential['levels']>[number]

function readLevel({
  kind,
  url,
  name,
  code,
  framework,
  description,
}: Alignment): Level | undefined {
  const known = [
    ['EQF', eqfLevels],
    ['SeQF', seqfLevels],
  ] as const
  for (const [framework, list] of known) {
    const concept = list.concepts.find(({ uri }) => uri === url)
    if (concept) {
      const { uri } = concept
      return { framework, level: Number(concept.code), uri, ...readBasis(description) }
    }
  }
  const level = Number(code ?? /(\d+)\s*$/.exec(name ?? '')?.[1])
  if (!Number.isInteger(level) || level < 0 || level > 20) return undefined
  // Others point at pages of their own; an EQF level is one all the same.
  const eqf = eqfLevels.concepts.find((concept) => concept.code === String(level))?.uri
  return {
    framework: kind === 'eqf' ? 'EQF' : (framework ?? 'NQF'),
    level,
    ...omitAbsent({ uri: kind === 'eqf' ? eqf : url }),
    ...readBasis(description),
  }
}

const readBasis = (description: string | undefined) => {
  const basis = levelBases.find((candidate) =>
    Object.values(levelBasisWords[candidate]).some((word) => word === description),
  )
  return omitAbsent({ basis })
}

function readField(alignment: Alignment): CodedValue | undefined {
  const field =
    findFieldOfEducation(alignment.url ?? '') ?? findFieldOfEducation(alignment.code ?? '')
  return field ? { uri: field.uri, label: field.labels } : readOther(alignment)
}

function readSetting(alignment: Alignment): CodedValue | undefined {
  // The EU list has no concept for informal learning.
  if (alignment.code === 'informal') return { label: settingWords.informal }
  return readIn(learningSettingConcepts)(alignment)
}

const readAmount = ({ code }: Alignment): number | undefined => {
  const amount = Number(code)
  return code !== undefined && Number.isFinite(amount) && amount > 0 ? amount : undefined
}

function readCredit(alignment: Alignment) {
  const value = readAmount(alignment)
  const framework = readCoded(creditFrameworks)(alignment.url)
  return value !== undefined && framework ? { framework, value } : undefined
}

function readStacking(alignments: readonly Alignment[]): MicroCredential['stacking'] {
  const towards = some(
    alignments.map(({ name, url }) =>
      name === undefined ? undefined : { title: name, ...omitAbsent({ uri: url }) },
    ),
    50,
  )
  return towards && { isStackable: true, towards }
}

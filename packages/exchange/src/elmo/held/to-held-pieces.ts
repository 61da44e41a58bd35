import {
  type CodedValue,
  type CodeList,
  findConcept,
  type LanguageMap,
  learningSettingConcepts,
  type MicroCredential,
  type Party,
  proficiencyConcepts,
} from '@mikromerit/credentials'
import { present, presentOrNothing } from '../../present.ts'
import type { MicroCredentialExtension } from '../extension/micro-credential-extension.ts'
import { keepReadable } from '../extension/write-extension.ts'
import { identifiersOf } from './describe-issuer.ts'
import { unknownLanguage } from './unknown-language.ts'

/** What a credential says beyond ELMO's own elements, as our extension holds it. */
export function toHeldPieces(held: MicroCredential): MicroCredentialExtension {
  const pieces = {
    achievement: present({ title: say(held.title), ...toLearning(held), ...toContext(held) }),
    award: present({
      awardedOn: held.awardedOn,
      validUntil: held.validUntil,
      awardingBodies: held.awardingBodies?.map(toAgent),
      result: held.result?.grade === undefined ? undefined : { grade: held.result.grade },
      validation: toValidation(held.validation),
      proficiency: held.proficiency && codeIn(proficiencyConcepts, held.proficiency),
    }),
  }
  // Each member is checked here against the schema from which its type is derived.
  return keepReadable(pieces as unknown as MicroCredentialExtension)
}

const toLearning = ({
  learningOutcomes,
  workload,
  levels,
  assessment,
  participation,
}: MicroCredential) => ({
  learningOutcomes: learningOutcomes?.map((outcome) => ({ title: say(outcome) })),
  workload: workload?.hours === undefined ? undefined : { hours: workload.hours },
  levels,
  assessment: presentOrNothing({
    types: assessment?.types && codesOrTexts(assessment.types),
    supervision: assessment?.supervision && codeOrText(assessment.supervision),
  }),
  participation: presentOrNothing({
    modes: participation?.modes && codesOrTexts(participation.modes),
    languages: participation?.languages,
  }),
})

const toContext = (held: MicroCredential) => ({
  qualityAssurance:
    held.qualityAssurance && codesOrTexts(held.qualityAssurance).map((type) => ({ type })),
  setting: held.setting && settingOf(held.setting),
  fields: held.fields && codesOrTexts(held.fields),
  skills: held.skills?.flatMap(({ uri, label }) =>
    uri === undefined ? [] : [{ uri, ...(label && { label }) }],
  ),
  prerequisites: held.prerequisites?.length ? say(held.prerequisites.join('\n')) : undefined,
  furtherInformation: held.furtherInformation && say(held.furtherInformation),
  stacking: held.stacking && {
    kind: held.stacking.isStackable === false ? 'stand_alone' : 'stackable',
    ...present({
      towards: held.stacking.towards?.map(({ title, uri }) => ({
        title: say(title),
        ...present({ uri }),
      })),
    }),
  },
})

const say = (text: string): LanguageMap => ({ [unknownLanguage]: text })

const codeOrText = ({ uri, text }: CodedValue): string | undefined => uri ?? text

const codesOrTexts = (values: readonly CodedValue[]): string[] =>
  values.flatMap((value) => codeOrText(value) ?? [])

const codeIn = (list: CodeList, value: CodedValue): string | undefined =>
  findConcept(list, codeOrText(value) ?? '')?.code

/** The EU list has no concept for informal learning, which therefore goes by its label. */
const settingOf = (setting: CodedValue): string | undefined =>
  codeIn(learningSettingConcepts, setting) ??
  (setting.label?.en === 'informal learning' ? 'informal' : undefined)

const toAgent = (party: Party) => ({
  legalName: say(party.name ?? party.identifier ?? ''),
  ...present({ country: party.country }),
  ...(party.identifier !== undefined && { identifiers: identifiersOf(party) }),
})

/** Organisations that assessed are all that a credential says of assessors. */
function toValidation(validation: MicroCredential['validation']) {
  if (!validation) return undefined
  const { purpose, standard, standardUri, methods, assessedBy } = validation
  return present({
    purpose,
    standard:
      standard === undefined
        ? undefined
        : { title: say(standard), ...present({ uri: standardUri }) },
    steps: [],
    methods,
    assessors: assessedBy?.map((name) => ({
      role: { sv: 'bedömande organisation', en: 'assessing organisation' },
      organisation: { legalName: say(name) },
    })),
  })
}

import { learningOutcomeTypes, skillReuseLevels } from '../../code-lists/learning.ts'
import type { LearningOutcome, SkillRef } from '../../domain/learning.ts'
import type { LanguageMap } from '../../domain/text.ts'
import { omitAbsent } from '../omit-absent.ts'
import type { ElmRecord } from './elm-record.ts'
import { words } from './messages.ts'
import {
  buildNote,
  buildScheme,
  type ElmNode,
  findConceptNode,
  isEuConcept,
  labelText,
  orNone,
} from './nodes.ts'
import { escoSkills, skillScheme } from './own-concepts.ts'

const escoSkillScheme = 'http://data.europa.eu/esco/concept-scheme/skills'

/** One learning outcome with its skills. */
export function buildOutcome(record: ElmRecord, outcome: LearningOutcome, at: number): ElmNode {
  const { idOf, achievement } = record
  const name = `outcome/${at}`
  const type = outcome.type && findConceptNode(learningOutcomeTypes, outcome.type)
  const skills = [...(outcome.skills ?? []), ...(isOnly(record) ? (achievement.skills ?? []) : [])]
  return omitAbsent({
    id: idOf(name),
    type: 'LearningOutcome',
    identifier: outcome.id && { id: idOf(`${name}/id`), type: 'Identifier', notation: outcome.id },
    title: outcome.title,
    ...(type ? buildType(idOf(`${name}/type`), type) : {}),
    reusabilityLevel: outcome.reuseLevel && findConceptNode(skillReuseLevels, outcome.reuseLevel),
    relatedESCOSkill: buildSkills(record, skills.filter(isEsco)),
    relatedSkill: buildSkills(
      record,
      skills.filter((skill) => !isEsco(skill)),
    ),
  })
}

/** The EU's list, which is closed, knows knowledge and skill only: our third type is told in a note. */
function buildType(id: string, type: ElmNode): ElmNode {
  if (isEuConcept(type)) return { dcType: type }
  const concept = learningOutcomeTypes.concepts.find(({ uri }) => uri === type.id)
  const text = labelText(words.outcomeType, concept?.labels ?? {})
  return { additionalNote: [buildNote(id, text, type)] }
}

/** Skills of the whole are those of its outcome, when it has one. */
const isOnly = ({ achievement }: ElmRecord): boolean => achievement.learningOutcomes.length === 1

/** Skills of the whole belong to no outcome, which is where the model has skills: they are told in notes. */
export function buildSkillNotes(record: ElmRecord): ElmNode[] {
  if (isOnly(record)) return []
  return (record.achievement.skills ?? []).map((skill, at) => {
    const text = skill.label ?? { en: skill.uri }
    const id = record.idOf(`skill/${at}`)
    const subject = isEsco(skill) ? buildSkill(record, skill) : buildToldSkill(record, skill, id)
    return buildNote(record.idOf(`skill/${at}/note`), labelText(words.skill, text), subject)
  })
}

/** A skill of another vocabulary is told to be one by its scheme; its address is its notation. */
const buildToldSkill = (record: ElmRecord, { uri }: SkillRef, id: string): ElmNode =>
  omitAbsent({
    id,
    type: 'Concept',
    inScheme: buildScheme(skillScheme),
    prefLabel: findLabel(record, uri),
    notation: uri,
  })

const isEsco = ({ uri }: SkillRef): boolean => uri.startsWith(escoSkills)

const buildSkills = (record: ElmRecord, skills: readonly SkillRef[]): ElmNode[] | undefined =>
  orNone([...new Map(skills.map((skill) => [skill.uri, buildSkill(record, skill)])).values()])

const buildSkill = (record: ElmRecord, skill: SkillRef): ElmNode =>
  omitAbsent({
    id: skill.uri,
    type: 'Concept',
    inScheme: isEsco(skill) ? buildScheme(escoSkillScheme) : undefined,
    prefLabel: findLabel(record, skill.uri),
  })

/** A skill named in several places with other words is still one node, which has one name. */
function findLabel({ achievement }: ElmRecord, uri: string): LanguageMap | undefined {
  const named = [achievement, ...achievement.learningOutcomes].flatMap(({ skills = [] }) => skills)
  return named.find((skill) => skill.uri === uri && skill.label)?.label
}

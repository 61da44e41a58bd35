import { learningModes } from '../../code-lists/assessment.ts'
import { cycleConcepts } from '../../code-lists/cycles.ts'
import { learningOpportunityTypes, learningSettingConcepts } from '../../code-lists/learning.ts'
import { findLevelList } from '../../code-lists/levels.ts'
import type { Level } from '../../domain/learning.ts'
import { buildAchievementUrl } from '../achievement-url.ts'
import { omitAbsent } from '../omit-absent.ts'
import { buildAccreditations, buildField } from './build-accreditations.ts'
import { buildActivitySpecifications, buildSettingNote } from './build-activities.ts'
import { buildAssessmentSpecifications } from './build-assessment-specifications.ts'
import { buildOutcome, buildSkillNotes } from './build-outcomes.ts'
import { buildCreatorNotes, buildStackingNotes, buildWholes } from './build-stacking.ts'
import { buildCredits, buildVolume } from './build-workload.ts'
import type { ElmRecord } from './elm-record.ts'
import {
  buildConcept,
  buildIdentifier,
  buildLanguages,
  buildNote,
  buildWebResource,
  type ElmNode,
  findConceptNode,
  findConceptNodes,
  orNone,
} from './nodes.ts'
import { ownConcept } from './own-concepts.ts'

/** The definition: the only class of the model that has levels and accreditation (domain.md section 1). */
export function buildQualification(record: ElmRecord): ElmNode {
  const { achievement, issuer, idOf } = record
  const { accreditation, additionalNote } = buildAccreditations(record)
  return omitAbsent({
    id: buildAchievementUrl(record, issuer),
    type: 'Qualification',
    identifier: buildIdentifiers(record),
    title: achievement.title,
    description: achievement.description,
    additionalNote: orNone([...buildNotes(record), ...(additionalNote ?? [])]),
    homepage: achievement.homepage && [buildWebResource(idOf('homepage'), achievement.homepage)],
    dcType: findConceptNodes(learningOpportunityTypes, ['short_learning_programme']),
    ...buildPlacement(record),
    ...buildExtent(record),
    targetGroup: achievement.targetGroups?.map((prefLabel, at) => ({
      id: idOf(`target-group/${at}`),
      type: 'Concept',
      prefLabel,
    })),
    learningOutcome: orNone(
      record.outcomes.map((outcome, at) => buildOutcome(record, outcome, at)),
    ),
    influencedBy: orNone(buildActivitySpecifications(record)),
    provenBy: buildAssessmentSpecifications(record),
    accreditation,
    ...buildWholes(record),
  })
}

/** One identifier stands by itself: the ELM 3.2 JSON Schema takes no list here, the shapes do (domain.md 3.1). */
function buildIdentifiers({ achievement, idOf }: ElmRecord): ElmNode | ElmNode[] | undefined {
  const identifiers = (achievement.identifiers ?? []).map((identifier, at) =>
    buildIdentifier(idOf(`identifier/${at}`), identifier),
  )
  return identifiers.length === 1 ? identifiers[0] : orNone(identifiers)
}

function buildNotes(record: ElmRecord): ElmNode[] {
  const { achievement, idOf } = record
  const { furtherInformation, setting } = achievement
  return [
    ...(furtherInformation ? [buildNote(idOf('further-information'), furtherInformation)] : []),
    ...(setting === 'informal' ? [buildSettingNote(idOf('setting'), setting)] : []),
    ...buildSkillNotes(record),
    ...buildStackingNotes(record),
    ...buildCreatorNotes(record),
  ]
}

/** Setting, levels, cycle and fields. */
function buildPlacement({ achievement }: ElmRecord): ElmNode {
  const { setting, levels = [], cycle, fields = [] } = achievement
  const [eqfLevel] = levels.filter(({ framework }) => framework === 'EQF').map(buildLevel)
  return omitAbsent({
    learningSetting: findConceptNode(learningSettingConcepts, setting),
    eqfLevel,
    nqfLevel: orNone(
      levels
        .filter(({ framework }) => framework !== 'EQF')
        .flatMap((level) => buildLevel(level) ?? []),
    ),
    educationLevel: cycle && [buildConcept(ownConcept(cycleConcepts, cycle), cycleConcepts.scheme)],
    thematicArea: orNone(fields.flatMap((field) => buildField(field) ?? [])),
  })
}

const nationalLevels = 'http://data.europa.eu/snb/qdr/'

/** A level of EQF or SeQF, or of another framework that stands in the EU's list of national levels. */
export function buildLevel({ framework, level, uri }: Level): ElmNode | undefined {
  const list = findLevelList(framework)
  if (list) return findConceptNode(list, String(level))
  if (!uri?.startsWith(nationalLevels)) return undefined
  const name = `${framework} ${level}`
  return buildConcept(
    { code: name, uri, labels: { sv: name, en: name } },
    `${nationalLevels}25831c2`,
  )
}

/** Workload, participation and what is needed to enrol. */
function buildExtent(record: ElmRecord): ElmNode {
  const { participation, prerequisites } = record.achievement
  return omitAbsent({
    creditPoint: buildCredits(record),
    volumeOfLearning: buildVolume(record),
    language: orNone(buildLanguages(participation.languages)),
    mode: findConceptNodes(learningModes, participation.modes),
    entryRequirement: prerequisites && buildNote(record.idOf('prerequisites'), prerequisites),
  })
}

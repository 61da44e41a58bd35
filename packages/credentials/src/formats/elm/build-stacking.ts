import { omitAbsent } from '../omit-absent.ts'
import type { ElmRecord } from './elm-record.ts'
import { words } from './messages.ts'
import { buildConcept, buildNote, buildScheme, type ElmNode, labelText } from './nodes.ts'
import {
  definitionCreatorScheme,
  ownConcept,
  stackingConcepts,
  stackingTargetScheme,
} from './own-concepts.ts'

/**
 * Whether it stands alone, is part of something, or can become part: the model knows only what something is part
 * of (element 15), so the rest is told in notes.
 */
export function buildStackingNotes({ idOf, achievement }: ElmRecord): ElmNode[] {
  const { stacking } = achievement
  if (!stacking) return []
  const kind = ownConcept(stackingConcepts, stacking.kind)
  const subject = buildConcept(kind, stackingConcepts.scheme)
  const targets = (stacking.towards ?? []).map(({ title, uri }, at) => {
    const target = omitAbsent({
      id: idOf(`stacking/${at}`),
      type: 'Concept',
      inScheme: buildScheme(stackingTargetScheme),
      prefLabel: title,
      // Its address is no id: what stands there may be described elsewhere in other words.
      notation: uri,
    })
    return buildNote(idOf(`stacking/${at}/note`), labelText(words.stackingTarget, title), target)
  })
  return [buildNote(idOf('stacking'), kind.labels, subject), ...targets]
}

/** Who created the definition, when another organisation awards it: the model has no member for it, so a note tells. */
export function buildCreatorNotes({ idOf, creator }: ElmRecord): ElmNode[] {
  if (!creator) return []
  const { legalName } = creator.organisation
  const subject = {
    id: idOf('creator'),
    type: 'Concept',
    inScheme: buildScheme(definitionCreatorScheme),
    prefLabel: legalName,
    notation: creator.issuer,
  }
  return [buildNote(idOf('creator/note'), labelText(words.definitionCreator, legalName), subject)]
}

/** The qualifications it is a defined part of, each once. */
export function buildWholes({ idOf, achievement }: ElmRecord): ElmNode {
  const wholes = (achievement.partOf ?? []).map(({ title, uri, isPartialQualification }, at) => ({
    node: { id: uri ?? idOf(`part-of/${at}`), type: 'Qualification', title },
    isPartialQualification,
  }))
  if (wholes.length === 0) return {}
  const known = wholes.map(({ isPartialQualification }) => isPartialQualification)
  return omitAbsent({
    isPartOf: [...new Map(wholes.map(({ node }) => [node.id, node])).values()],
    isPartialQualification: known.includes(true) || (known.includes(false) ? false : undefined),
  })
}

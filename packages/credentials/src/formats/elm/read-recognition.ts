import { assessmentTypes, supervisionTypes } from '../../code-lists/assessment.ts'
import { type CodeList, findConcept } from '../../code-lists/code-list.ts'
import { qualityAssuranceTypes } from '../../code-lists/quality-assurance.ts'
import type { CodedValue, MicroCredential } from '../micro-credential.ts'
import { omitAbsent, omitEmpty } from '../omit-absent.ts'
import { type ElmNote, type ElmSource, readNotes } from './elm-source.ts'
import {
  gradeConcepts,
  stackingConcepts,
  stackingTargetScheme,
  validationMethodConcepts,
  validationPurposeConcepts,
  validationStandardScheme,
} from './own-concepts.ts'
import { type Members, someOf } from './read-elm.ts'

/** How it was assessed, what backs it, and what it can be part of. */
export function readRecognition(source: ElmSource) {
  const { reader, specification } = source
  return {
    assessment: omitEmpty({ types: readTypes(source), supervision: readSupervision(source) }),
    qualityAssurance: readQualityAssurance(source),
    validation: readValidation(source),
    result: readResult(source),
    prerequisites: someOf(
      reader
        .nodes(specification.entryRequirement)
        .map(({ noteLiteral }) => reader.text(noteLiteral)),
    ),
    stacking: readStacking(source),
  }
}

/** Those of the assessments carried out, else those the definition names. */
function readTypes({ reader, assessments, specification }: ElmSource) {
  const read = (specifications: readonly Members[]) =>
    someOf(
      specifications
        .flatMap(({ dcType }) => reader.codedList(assessmentTypes, dcType) ?? [])
        .slice(0, 200),
    )
  return (
    read(assessments.flatMap(({ specifiedBy }) => reader.nodes(specifiedBy))) ??
    read(reader.nodes(specification.provenBy))
  )
}

function readSupervision({ reader, assessments }: ElmSource) {
  const verified = assessments.map(({ idVerification }) =>
    reader.coded(supervisionTypes, idVerification),
  )
  const told = assessments
    .flatMap(({ additionalNote }) => readNotes(reader, additionalNote))
    .map((note) => readSubject(note, supervisionTypes))
    .map((concept) => concept && { uri: concept.uri, label: concept.labels })
  return [...verified, ...told].find((one) => one !== undefined)
}

const readSubject = ({ subject }: ElmNote, list: CodeList) =>
  typeof subject?.id === 'string' ? findConcept(list, subject.id) : undefined

/** Accreditations of the definition and of the issuer, and what notes tell. */
function readQualityAssurance({ reader, document, specification, notes }: ElmSource) {
  const issuers = reader.nodes(document.issuer)
  const accreditations = [specification, ...issuers]
    .flatMap(({ accreditation }) => reader.nodes(accreditation))
    .map(({ dcType }) => reader.coded(qualityAssuranceTypes, dcType))
  const ofIssuer = issuers.flatMap(({ additionalNote }) => readNotes(reader, additionalNote))
  const told = [...notes, ...ofIssuer].map((note): CodedValue | undefined => {
    const concept = readSubject(note, qualityAssuranceTypes)
    return concept && { uri: concept.uri, label: concept.labels }
  })
  const found = [...accreditations, ...told].filter((one) => one !== undefined)
  const distinct = new Map(found.map((one) => [one.uri ?? one.text, one]))
  return someOf([...distinct.values()].slice(0, 200))
}

function readResult({ reader, assessments }: ElmSource) {
  const graded = assessments
    .flatMap(({ grade }) => readNotes(reader, grade))
    .find((note) => note.text !== undefined && !readSubject(note, gradeConcepts))
  const [scheme] = assessments
    .flatMap(({ specifiedBy }) => reader.nodes(specifiedBy))
    .flatMap(({ gradingScheme }) => reader.nodes(gradingScheme))
  return omitEmpty({ grade: graded?.text, scheme: reader.text(scheme?.title) })
}

function readStacking({ reader, specification, notes }: ElmSource) {
  const { nodes, text } = reader
  const kind = notes.map((note) => readSubject(note, stackingConcepts)).find(Boolean)
  const wholes = nodes(specification.isPartOf).map(({ id, title }) => {
    const uri = text(id)
    return { title: text(title), uri: uri && /^https?:/.test(uri) ? uri : undefined }
  })
  const targets = listInScheme(reader, notes, stackingTargetScheme).map((target) => ({
    title: text(target.prefLabel),
    uri: text(target.notation),
  }))
  const towards = [...targets, ...wholes].flatMap(({ title, uri }) =>
    title === undefined ? [] : [{ title, ...omitAbsent({ uri }) }],
  )
  return omitEmpty({
    isStackable: kind ? kind.code !== 'stand_alone' : towards.length > 0 || undefined,
    towards: someOf(towards.slice(0, 50)),
  })
}

const listInScheme = (
  { nodes }: ElmSource['reader'],
  notes: readonly ElmNote[],
  scheme: string,
): Members[] =>
  notes.flatMap(({ subject }) =>
    subject && nodes(subject.inScheme).some(({ id }) => id === scheme) ? [subject] : [],
  )

/** Our notes say by their subjects that, how and against what learning was validated. */
function readValidation(source: ElmSource): MicroCredential['validation'] {
  const { reader, notes, assessments } = source
  const purpose = notes.map((note) => readSubject(note, validationPurposeConcepts)).find(Boolean)
  if (!purpose) return undefined
  const [standard] = listInScheme(reader, notes, validationStandardScheme)
  const methods = notes.map((note) => readSubject(note, validationMethodConcepts)?.code)
  const assessors = assessments.flatMap(({ assessedBy }) => reader.parties(assessedBy) ?? [])
  const names = assessors.flatMap(({ name }) => name ?? [])
  return omitAbsent({
    purpose: purpose.code,
    standard: reader.text(standard?.prefLabel),
    standardUri: reader.text(standard?.notation),
    methods: someOf(methods),
    assessedBy: someOf([...new Set(names)].slice(0, 20)),
  })
}

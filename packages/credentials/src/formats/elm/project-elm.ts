import { credentialProfiles, evidenceTypes } from '../../code-lists/digital-credentials.ts'
import type { AwardRecord } from '../../domain/award.ts'
import type { Loss } from '../loss.ts'
import { omitAbsent } from '../omit-absent.ts'
import { buildEvidenceAccreditations } from './build-accreditations.ts'
import { buildActivities } from './build-activities.ts'
import { buildAssessments } from './build-assessments.ts'
import { type AwardComponent, buildComponents } from './build-components.ts'
import { buildDisplay } from './build-display.ts'
import { buildAwardingBodies, buildIssuer } from './build-issuer.ts'
import { buildLearner } from './build-learner.ts'
import { buildQualification } from './build-qualification.ts'
import { buildRecognitionNotes } from './build-validation-notes.ts'
import { buildCredits } from './build-workload.ts'
import { elmContextIntegrity } from './context.ts'
import { findElmLosses } from './elm-losses.ts'
import type { ElmOptions, ElmVc11Options } from './elm-options.ts'
import { type ElmRecord, readElmRecord } from './elm-record.ts'
import {
  buildIdentifier,
  buildWebResource,
  type ElmNode,
  endOfDay,
  findConceptNode,
  startOfDay,
} from './nodes.ts'

export interface ElmProjection {
  readonly credential: Readonly<Record<string, unknown>>
  readonly losses: Loss[]
}

/**
 * Projects an award onto a European Digital Credential (ELM 3) in the form of VC 2.0: the payload of a `vc+jwt`
 * (domain.md 3.2). Pure: the same award and options give the same document.
 */
export function projectElm(award: AwardRecord, options: ElmOptions): ElmProjection {
  const { contextUrl, status } = options
  const { body, losses } = projectCredential(award, options)
  return {
    credential: omitAbsent({
      '@context': ['https://www.w3.org/ns/credentials/v2', contextUrl],
      ...body,
      credentialStatus: status,
      // Whoever fetches our context can tell that it is the one the credential was made with (VC 2.0, 5.3).
      relatedResource: [{ id: contextUrl, digestSRI: elmContextIntegrity }],
    }),
    losses,
  }
}

/**
 * The same in the form of VC 1.1 with the EU's published context, as Europass takes it: an unsealed file to upload
 * (domain.md 3.2). It has no status: the shapes have no place for one.
 */
export function projectElmVc11(award: AwardRecord, options: ElmVc11Options): ElmProjection {
  const { body, losses } = projectCredential(award, options)
  return {
    credential: omitAbsent({
      '@context': [
        'https://www.w3.org/2018/credentials/v1',
        'http://data.europa.eu/snb/model/context/edc-ap',
      ],
      ...body,
      issuanceDate: body.issued,
      expirationDate: body.validUntil,
    }),
    losses,
  }
}

function projectCredential(award: AwardRecord, options: ElmVc11Options) {
  const {
    issuer,
    issuedAt,
    locale = 'sv',
    withBirthDate = false,
    components = award.award.components ?? [],
  } = options
  const record = readElmRecord(award, issuer, locale)
  const evidence = options.profile === 'accredited' ? buildEvidence(record) : []
  const profile = evidence.length > 0 ? 'accredited' : 'generic'
  const issued = `${issuedAt.toISOString().slice(0, 19)}Z`
  const { id, validUntil } = record.award
  const body = omitAbsent({
    id: options.credentialId ?? record.idOf('credential'),
    type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
    credentialProfiles: [findConceptNode(credentialProfiles, profile)],
    identifier: [
      buildIdentifier(record.idOf('award'), { scheme: 'award', value: `urn:uuid:${id}` }),
    ],
    issuer: buildIssuer(record),
    issued,
    validFrom: issued,
    validUntil: validUntil && endOfDay(validUntil),
    credentialSchema: [
      {
        id: `http://data.europa.eu/snb/model/ap/edc-${schemas[profile]}`,
        type: 'ShaclValidator2017',
      },
    ],
    credentialSubject: {
      ...buildLearner(record, withBirthDate),
      hasClaim: [buildAchievement(record, components)],
    },
    evidence: evidence.length > 0 ? evidence : undefined,
    displayParameter: buildDisplay(record),
  })
  return { body, losses: findElmLosses(record, options) }
}

const schemas = { generic: 'generic-full', accredited: 'accredited' } as const

function buildAchievement(record: ElmRecord, components: readonly AwardComponent[]): ElmNode {
  const { idOf, award } = record
  const awardedBy = {
    id: idOf('awarding'),
    type: 'AwardingProcess',
    awardingBody: buildAwardingBodies(record),
    awardingDate: startOfDay(award.awardedOn),
  }
  const notes = buildRecognitionNotes(record)
  const activities = buildActivities(record, awardedBy)
  return omitAbsent({
    id: idOf('achievement'),
    type: 'LearningAchievement',
    title: record.title,
    additionalNote: notes.length > 0 ? notes : undefined,
    supplementaryDocument: award.homepage && [buildWebResource(idOf('page'), award.homepage)],
    awardedBy,
    creditReceived: buildCredits(record),
    influencedBy: activities.length > 0 ? activities : undefined,
    provenBy: buildAssessments(record, awardedBy),
    specifiedBy: buildQualification(record),
    hasPart: buildComponents(record, components),
  })
}

/** One accreditation to each: the accredited profile allows no more (domain.md 3.1). */
const buildEvidence = (record: ElmRecord): ElmNode[] =>
  buildEvidenceAccreditations(record).map((accreditation, at) => ({
    id: record.idOf(`evidence/${at}`),
    type: 'Evidence',
    dcType: findConceptNode(evidenceTypes, 'accreditation'),
    accreditation,
  }))

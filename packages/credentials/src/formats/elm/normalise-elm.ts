import { isObject, parseJsonObject } from '../../jose/json.ts'
import { accept, type Result, refuse } from '../../result.ts'
import type { MicroCredential } from '../micro-credential.ts'
import { omitAbsent, omitEmpty } from '../omit-absent.ts'
import { type ElmSource, openElm } from './elm-source.ts'
import { readComponents } from './read-components.ts'
import type { Members } from './read-elm.ts'
import { readLearning } from './read-learning.ts'
import { readRecognition } from './read-recognition.ts'
import { readDayOf, readMomentOf, readNumericDateOf } from './read-times.ts'

/**
 * Reads a micro-credential out of a European Digital Credential of anybody, in the form of VC 2.0 or VC 1.1, also as
 * the payload of a token or sealed as JAdES. Never throws on what a stranger wrote, and checks no seal. Of several
 * achievements in one document, the first.
 */
export function normaliseElm(document: Members): Result<MicroCredential, 'elm_claim_missing'> {
  const source = openElm(unwrap(document))
  if (!source)
    return refuse('elm_claim_missing', 'The document does not say what its subject has achieved.')
  const { reader, claim, specification } = source
  const type = readType(source)
  return accept({
    type,
    title: reader.text(claim.title) ?? reader.text(specification.title) ?? type,
    issuer: reader.party(source.document.issuer) ?? {},
    ...omitAbsent({
      ...readAward(source),
      ...readLearning(source),
      ...readRecognition(source),
    }),
  })
}

/** The credential inside a JAdES in JSON, whose payload is the text of it, or in the claim `vc` of a token. */
function unwrap(document: Members): Members {
  const { payload, signatures, vc } = document
  if (typeof payload === 'string' && Array.isArray(signatures)) {
    const parsed = parseJsonObject(payload, { depth: 64, members: 50_000 })
    if (parsed.ok) return parsed.value
  }
  const { exp } = document
  return isObject(vc) ? { ...vc, ...omitAbsent({ exp }) } : document
}

/** The type that says most; those of any credential say nothing. */
function readType({ document }: ElmSource): string {
  const types: unknown[] = Array.isArray(document.type) ? document.type : [document.type]
  const named = types.filter((type): type is string => typeof type === 'string')
  const general = ['VerifiableCredential', 'VerifiableAttestation']
  const type = named.findLast((name) => !general.includes(name)) ?? 'EuropeanDigitalCredential'
  return type.slice(0, 300)
}

function readAward(source: ElmSource) {
  const { reader, document, learner, claim, specification, notes } = source
  const { nodes, text } = reader
  const [awarding] = nodes(claim.awardedBy)
  const awards = nodes(document.identifier).filter(({ schemeName }) => schemeName === 'award')
  const further = notes.filter(({ subject }) => subject === undefined)
  const validUntil = document.validUntil ?? document.expirationDate
  return {
    description: text(claim.description) ?? text(specification.description),
    awardingBodies: reader.parties(awarding?.awardingBody),
    awardedOn: readDayOf(awarding?.awardingDate),
    validUntil: readDayOf(validUntil),
    issuedAt: readMomentOf(document.issued ?? document.issuanceDate ?? document.validFrom),
    expiresAt: readNumericDateOf(document.exp) ?? readMomentOf(validUntil),
    learner: readLearner(reader, learner),
    components: readComponents(source),
    furtherInformation: joinTexts(further.map((note) => note.text)),
    awardId: awards.map(({ notation }) => text(notation)).find((id) => id !== undefined),
    achievementId: readAddress(specification.id),
  }
}

function readLearner({ nodes, text }: ElmSource['reader'], learner: Members) {
  const identifiers = nodes(learner.identifier).map(({ notation }) => text(notation))
  return omitEmpty({
    givenName: text(learner.givenName),
    // Who has one name only has it as the full name in some documents.
    familyName:
      text(learner.familyName) ?? (text(learner.givenName) ? undefined : text(learner.fullName)),
    birthDate: readDayOf(learner.dateOfBirth),
    identification: identifiers.find((one) => one !== undefined) ?? text(learner.id),
  })
}

/** Ids that lead somewhere; those that only hold a document together say nothing outside of it. */
const readAddress = (id: unknown): string | undefined =>
  typeof id === 'string' && /^https?:\/\//.test(id) ? id.slice(0, 2048) : undefined

const joinTexts = (texts: readonly (string | undefined)[]): string | undefined => {
  const found = texts.filter((text) => text !== undefined)
  return found.length > 0 ? found.join('\n').slice(0, 10_000) : undefined
}

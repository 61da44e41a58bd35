import { isObject } from '../jose/json.ts'
import { accept, type Result, refuse } from '../result.ts'
import { parseDateTimeStamp } from './date-time.ts'

export const credentialsV2Context = 'https://www.w3.org/ns/credentials/v2'
export const credentialsV1Context = 'https://www.w3.org/2018/credentials/v1'

/** What every verifiable credential says of itself, whatever it is about. */
export interface CredentialFacts {
  readonly dataModel: '2.0' | '1.1'
  readonly id?: string
  readonly types: readonly string[]
  /** URLs of JSON-LD contexts beyond the first; they are never fetched (S-13). */
  readonly contexts: readonly string[]
  /** A context written out in the credential itself, which could give our terms other meanings. */
  readonly hasInlineContext: boolean
  readonly issuer: string
  /** Of the subject, when there is exactly one and it has one. */
  readonly subjectId?: string
  readonly subjects: readonly Readonly<Record<string, unknown>>[]
  readonly validFrom?: Date
  readonly validUntil?: Date
  readonly statuses: readonly Readonly<Record<string, unknown>>[]
}

export type CredentialRefusal = 'context_unexpected' | 'credential_malformed'

const maxElements = 32

/** Reads a credential of the W3C data model, 2.0 or 1.1, by its exact JSON shape (S-13). */
export function readCredential(
  document: Readonly<Record<string, unknown>>,
): Result<CredentialFacts, CredentialRefusal> {
  const contexts = readElements(document['@context'])
  const dataModel = readDataModel(contexts?.[0])
  if (!contexts || !dataModel) {
    return refuse('context_unexpected', 'The first context is not one of verifiable credentials.')
  }
  if (!contexts.every((context) => typeof context === 'string' || isObject(context)))
    return malformed('A context is neither an address nor an object.')
  const types = readTypes(document.type)
  if (!types?.includes('VerifiableCredential'))
    return malformed('Its type does not hold VerifiableCredential.')
  const { id } = document
  if (id !== undefined && !isUri(id)) return malformed('Its id is not a URI.')
  const issuer = isObject(document.issuer) ? document.issuer.id : document.issuer
  if (!isUri(issuer)) return malformed('Its issuer is neither a URI nor has one as id.')
  const content = readContent(document)
  if (!content.ok) return content
  const period = readPeriod(document, dataModel)
  if (!period.ok) return period
  const [, ...others] = contexts
  return accept({
    dataModel,
    ...(id !== undefined && { id }),
    types,
    contexts: others.filter((context) => typeof context === 'string'),
    hasInlineContext: contexts.some(isObject),
    issuer,
    ...content.value,
    ...period.value,
  })
}

/** One value or several: JSON-LD writes a single one bare or in an array (domain.md section 9). */
export function readElements(value: unknown): unknown[] | undefined {
  if (value === undefined || value === null) return undefined
  const elements: unknown[] = Array.isArray(value) ? value : [value]
  return elements.length <= maxElements ? elements : undefined
}

export function readTypes(value: unknown): string[] | undefined {
  const types = readElements(value)
  return types?.every((type): type is string => typeof type === 'string') ? types : undefined
}

export const isUri = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 2048 && /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(value)

const readDataModel = (context: unknown) =>
  context === credentialsV2Context ? '2.0' : context === credentialsV1Context ? '1.1' : undefined

function readContent({ credentialSubject, credentialStatus }: Readonly<Record<string, unknown>>) {
  const subjects = readElements(credentialSubject)
  if (!subjects?.length || !subjects.every(isObject))
    return malformed('Its credentialSubject is not an object, or several.')
  const subjectId = subjects.length === 1 ? subjects[0]?.id : undefined
  if (subjectId !== undefined && !isUri(subjectId))
    return malformed('The id of its credentialSubject is not a URI.')
  const statuses = readElements(credentialStatus) ?? []
  if (credentialStatus !== undefined && !statuses.length)
    return malformed('Its credentialStatus is empty or holds too many entries.')
  if (!statuses.every(isObject)) return malformed('Its credentialStatus is not an object.')
  return accept({ subjects, statuses, ...(subjectId !== undefined && { subjectId }) })
}

function readPeriod(
  document: Readonly<Record<string, unknown>>,
  dataModel: CredentialFacts['dataModel'],
): Result<{ validFrom?: Date; validUntil?: Date }, 'credential_malformed'> {
  const isFirst = dataModel === '1.1'
  const from = (isFirst ? document.issuanceDate : undefined) ?? document.validFrom
  const until = (isFirst ? document.expirationDate : undefined) ?? document.validUntil
  const validFrom = parseDateTimeStamp(from)
  const validUntil = parseDateTimeStamp(until)
  // Read as absent, a time we do not understand would make the credential valid for ever.
  if ((from !== undefined && !validFrom) || (until !== undefined && !validUntil))
    return malformed('Its period of validity is not written as dates with time and time zone.')
  return accept({ ...(validFrom && { validFrom }), ...(validUntil && { validUntil }) })
}

const malformed = (detail: string) =>
  refuse('credential_malformed', `The credential is malformed. ${detail}`)

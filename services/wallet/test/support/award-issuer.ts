import {
  type AwardRecord,
  type AwardStatus,
  achievementExample,
  awardExample,
  bitstringStatusBits,
  buildStatusEntry,
  createBitstring,
  issueSdJwtVc,
  learningCredentialVct,
  normaliseAchievement,
  normaliseAward,
  organisationExample,
  projectElm,
  projectLearningCredential,
  projectOpenBadge,
  type ReplacementReason,
  replacementMediaType,
  type Signer,
  setBitstringStatus,
  setStatus,
  signReplacement,
  signStatusListCredential,
  signStatusListToken,
  signVcJwt,
  statusBits,
  statusListBytes,
} from '@mikromerit/credentials'
import type { Answer } from './http-server.ts'
import type { IssueRequest, IssuerBehaviour } from './issuer-behaviour.ts'

const sdJwt = 'MicroCredential_sd_jwt_vc'
const elm = 'MicroCredential_elm'
const openBadge = 'MicroCredential_open_badge'

/** What our own issuer offers for one award, in its order. */
export const awardConfigurations = [
  sdJwt,
  elm,
  `${elm}_jwt_vc_json`,
  openBadge,
  `${openBadge}_jwt_vc_json`,
]

export const elmTypes = ['VerifiableCredential', 'EuropeanDigitalCredential']
export const badgeTypes = ['VerifiableCredential', 'OpenBadgeCredential']

/** A stored award of the published examples. */
export function anAward(changes: {
  id?: string
  achievementId?: string
  achievement?: object
  award?: object
}): AwardRecord {
  const { id = crypto.randomUUID(), achievementId = awardExample.achievementId } = changes
  const content = normaliseAchievement({ ...achievementExample, ...changes.achievement })
  const award = { ...awardExample, achievementId, ...changes.award }
  return {
    organisation: organisationExample,
    achievement: { id: achievementId, version: 1, ...content },
    award: { id, ...normaliseAward(award, content) },
  }
}

/** One award at an issuer: what it issues in each format, and what it says of it afterwards. */
export interface AwardAtIssuer {
  readonly record: AwardRecord
  readonly issuedIds: string[]
  status: AwardStatus
  /** Of every credential issued before. */
  replacedBy?: { awardId: string; credentialIds: string[]; reason: ReplacementReason }
  /** Whether its lists and statements can be had. */
  isReachable: boolean
  /** Who signs lists and statements, when not the issuer. */
  statusSigner?: Signer
  /** Where it says its statements are, when not at home. */
  replacementEndpoint?: string
  /** How an issuer of this award behaves. */
  readonly behaviour: Partial<IssuerBehaviour>
}

export function anAwardAtIssuer(record: AwardRecord, now: () => Date): AwardAtIssuer {
  let issuer: IssueRequest | undefined
  const award: AwardAtIssuer = {
    record,
    issuedIds: [],
    status: 'valid',
    isReachable: true,
    behaviour: {
      configurations: awardConfigurations,
      configure,
      issueAs: (configurationId, request) => {
        issuer = request
        return issue(award, configurationId, { ...request, now: now() })
      },
      // What is asked for before anything was issued is not about this award.
      answer: ({ path }) => (issuer ? answer(award, path, { ...issuer, now: now() }) : undefined),
    },
  }
  return award
}

type Request = IssueRequest & { readonly now: Date }

function issue(
  { record, issuedIds }: AwardAtIssuer,
  configurationId: string,
  { identifier, signer, holderKey, now }: Request,
): Promise<string> {
  const uuid = crypto.randomUUID()
  const id = `urn:uuid:${uuid}`
  issuedIds.push(uuid)
  if (configurationId === sdJwt) {
    const { claims, disclosable } = projectLearningCredential(record, { issuer: identifier })
    return issueSdJwtVc({
      ...{ claims, disclosable, vct: learningCredentialVct, issuer: identifier, id, holderKey },
      issuedAt: now,
      expiresAt: new Date(now.getTime() + 730 * 86_400_000),
      status: { uri: `${identifier}/token-status`, idx: 7 },
      signer,
    })
  }
  const status = (['revocation', 'suspension'] as const).map((purpose) =>
    buildStatusEntry({ listUrl: `${identifier}/lists/${purpose}`, index: 7, purpose }),
  )
  const contextUrl = 'https://issuer.example/contexts/elm-vc2/v1'
  const common = { issuer: identifier, status }
  const { credential } = configurationId.startsWith(elm)
    ? projectElm(record, { ...common, issuedAt: now, contextUrl })
    : projectOpenBadge(record, { ...common, validFrom: now })
  return signVcJwt({ credential: { ...credential, id }, signer, issuedAt: now, holderKey })
}

async function answer(
  award: AwardAtIssuer,
  path: string,
  request: Request,
): Promise<Answer | undefined> {
  const { identifier, signer } = request
  const { pathname } = new URL(identifier)
  if (path === `/.well-known/jwt-vc-issuer${pathname}`) {
    const keys = [{ ...signer.publicJwk, kid: signer.kid }]
    const replacement_endpoint = award.replacementEndpoint ?? `${identifier}/replacements`
    return { body: { issuer: identifier, jwks: { keys }, replacement_endpoint } }
  }
  const [name, last = ''] = path.slice(pathname.length + 1).split('/')
  const body = path.startsWith(`${pathname}/`) ? findDocument(award, name, last) : undefined
  if (!body) return undefined
  if (!award.isReachable) return { status: 503 }
  return { type: body.type, body: await body.sign(award, request, last) }
}

function findDocument({ replacedBy, issuedIds }: AwardAtIssuer, name = '', last = '') {
  if (name === 'token-status') return { type: 'application/statuslist+jwt', sign: signToken }
  if (name === 'lists') return { type: 'application/vc+jwt', sign: signList }
  if (name !== 'replacements' || !replacedBy || !issuedIds.includes(last)) return undefined
  return { type: replacementMediaType, sign: signStatement }
}

const inAnHour = ({ now }: Request) => new Date(now.getTime() + 3_600_000)

function signToken({ status, statusSigner }: AwardAtIssuer, request: Request): Promise<string> {
  const bytes = new Uint8Array(statusListBytes(100, 2))
  setStatus(bytes, 2, 7, statusBits[status])
  return signStatusListToken({
    uri: `${request.identifier}/token-status`,
    bits: 2,
    bytes,
    issuedAt: request.now,
    expiresAt: inAnHour(request),
    ttl: 60,
    signer: statusSigner ?? request.signer,
  })
}

function signList(
  { status, statusSigner }: AwardAtIssuer,
  { identifier, signer, now }: Request,
  purpose: string,
): Promise<string> {
  const bytes = createBitstring(100)
  const bits = bitstringStatusBits[status]
  setBitstringStatus(bytes, 7, purpose === 'revocation' ? bits.revocation : bits.suspension)
  return signStatusListCredential({
    url: `${identifier}/lists/${purpose}`,
    issuer: identifier,
    statusPurpose: purpose,
    bytes,
    validFrom: now,
    ttl: 60,
    signer: statusSigner ?? signer,
  })
}

function signStatement(
  { replacedBy, statusSigner }: AwardAtIssuer,
  request: Request,
  credentialId: string,
): Promise<string> {
  if (!replacedBy) throw new Error('nothing was replaced')
  const { reason, ...successor } = replacedBy
  return signReplacement({
    issuer: request.identifier,
    credentialId,
    replacedAt: request.now,
    reason,
    replacedBy: successor,
    issuedAt: request.now,
    expiresAt: inAnHour(request),
    signer: statusSigner ?? request.signer,
  })
}

const bound = {
  cryptographic_binding_methods_supported: ['jwk'],
  credential_signing_alg_values_supported: ['ES256'],
  proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
}

function configure(id: string): object | undefined {
  if (id === sdJwt) return { format: 'dc+sd-jwt', vct: learningCredentialVct, ...bound }
  const format = id.endsWith('_jwt_vc_json') ? 'jwt_vc_json' : 'vc+jwt'
  const type = id.startsWith(elm) ? elmTypes : badgeTypes
  return { format, credential_definition: { type }, ...bound }
}

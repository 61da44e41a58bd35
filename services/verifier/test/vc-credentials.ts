import { randomUUID } from 'node:crypto'
import {
  type AwardRecord,
  achievementExample,
  awardExample,
  type BitstringStatusListEntry,
  buildStatusEntry,
  createBitstring,
  normaliseAchievement,
  normaliseAward,
  organisationExample,
  projectElm,
  projectOpenBadge,
  type Signer,
  setBitstringStatus,
  signStatusListCredential,
  signVcJwt,
} from '@mikromerit/credentials'
import { aHolder, type HolderKey, type TestIssuer } from './test-issuer.ts'

const record: AwardRecord = (() => {
  const content = normaliseAchievement(achievementExample)
  return {
    organisation: organisationExample,
    achievement: { id: '0190a5c4-7d1e-7c3b-9f00-000000000001', version: 1, ...content },
    award: {
      id: '0190c1a2-0000-7000-8000-0000000000a1',
      ...normaliseAward(awardExample, content),
    },
  }
})()

export interface VcChanges {
  readonly now: Date
  readonly holder?: HolderKey
  readonly status?: BitstringStatusListEntry
  readonly signer?: Signer
  /** Members of the credential that are other than usual. */
  readonly members?: Record<string, unknown>
}

const listPath = '/exempel/bitstring-status-lists/1/revocation'
const listUrl = ({ identifier }: TestIssuer) => new URL(listPath, identifier).href

/** The entry of a credential in the issuer's list. */
export const revocationEntry = (issuer: TestIssuer, index = 7) =>
  buildStatusEntry({ listUrl: listUrl(issuer), index, purpose: 'revocation' })

/** Publishes the issuer's list, in which these are revoked. */
export async function publishList(
  issuer: TestIssuer,
  now: Date,
  { revoked = [] as readonly number[], changes = {} as object } = {},
): Promise<void> {
  const bytes = createBitstring(0)
  for (const index of revoked) setBitstringStatus(bytes, index, 1)
  const body = await signStatusListCredential({
    url: listUrl(issuer),
    issuer: issuer.identifier,
    statusPurpose: 'revocation',
    bytes,
    validFrom: now,
    ttl: 0,
    signer: issuer.signer,
    ...changes,
  })
  issuer.answerWith(listPath, { status: 200, type: 'application/vc+jwt', body })
}

/** An Open Badge of the published example as an object, unsigned. */
export const aBadge = ({ identifier }: TestIssuer, { now, status, members = {} }: VcChanges) => {
  const options = { issuer: identifier, validFrom: now, ...(status && { status }) }
  return { ...projectOpenBadge(record, options).credential, ...members }
}

const sign = (
  issuer: TestIssuer,
  credential: Record<string, unknown>,
  { now, holder = aHolder(), signer = issuer.signer }: VcChanges,
) =>
  signVcJwt({
    credential,
    signer,
    issuedAt: now,
    expiresAt: new Date(now.getTime() + 86_400_000),
    holderKey: holder.signer.publicJwk,
  })

/** An Open Badge as `vc+jwt`. */
export function issueBadge(issuer: TestIssuer, changes: VcChanges): Promise<string> {
  const { now, holder = aHolder(), signer = issuer.signer } = changes
  return signVcJwt({
    credential: aBadge(issuer, changes),
    signer,
    issuedAt: now,
    holderKey: holder.signer.publicJwk,
  })
}

/** A European Digital Credential as `vc+jwt`. */
export const issueElm = (issuer: TestIssuer, changes: VcChanges): Promise<string> => {
  const { credential } = projectElm(record, {
    issuer: issuer.identifier,
    issuedAt: changes.now,
    contextUrl: `${new URL(issuer.identifier).origin}/contexts/elm-vc2/v1`,
    credentialId: `urn:uuid:${randomUUID()}`,
    ...(changes.status && { status: changes.status }),
  })
  return sign(issuer, { ...credential, ...changes.members }, changes)
}

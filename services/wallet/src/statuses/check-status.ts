import {
  lookUpBitstringStatus,
  lookUpStatus,
  parseStatusEntry,
  readRegisteredClaims,
  statusBits,
  verifyStatusListCredential,
  verifyStatusListToken,
} from '@mikromerit/credentials'
import type { OpenCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'
import { findIssuerKeys, type IssuerTrust } from '../issuers/issuer-keys.ts'
import { findReplacement } from './find-replacement.ts'
import type { StatusAge } from './status-lists.ts'
import type { StoredStatus } from './stored-status.ts'

/** A credential whose status is asked for, and whom it is by. */
export interface StatusQuery {
  readonly opened: OpenCredential
  /** `iss` or `issuer` of the credential; else the identifier it came from. */
  readonly issuer: string
  readonly issuerTrust: IssuerTrust
  readonly age: StatusAge
}

type State = StoredStatus['state']
type EntryState = Exclude<State, 'not_published'>

/**
 * What the issuer says of a credential now: Token Status List or Bitstring Status List, and for what was revoked, what
 * took its place. Whatever cannot be had or believed is `unknown`, never valid (V-20, V-23).
 */
export async function checkStatus(
  context: WalletContext,
  query: StatusQuery,
): Promise<StoredStatus> {
  const state = await (query.opened.vc ? readEntries(context, query) : readToken(context, query))
  const checkedAt = context.clock.now().toISOString()
  if (state !== 'revoked' && state !== 'suspended') return { state, checkedAt }
  // A badge has room for one list: what is only suspended there may have been replaced, which is for good.
  const replacement = await findReplacement(context, query)
  return replacement ? { state: 'revoked', checkedAt, replacement } : { state, checkedAt }
}

async function readToken(context: WalletContext, query: StatusQuery): Promise<State> {
  const claims = readRegisteredClaims(query.opened.payload)
  if (!claims.ok || claims.value.unknownStatus) return 'unknown'
  const { status } = claims.value
  if (!status) return 'not_published'
  const token = await context.statusLists.fetchToken(status.uri, query.age)
  if (!token) return 'unknown'
  const keys = await findListKeys(context, query, token.jws.header)
  const { uri } = status
  const verified = verifyStatusListToken({ token, uri, keys, now: context.clock.now() })
  const found = verified.ok ? lookUpStatus(verified.value, status.idx) : verified
  if (!found.ok) return 'unknown'
  if (found.value === statusBits.valid) return 'valid'
  if (found.value === statusBits.revoked) return 'revoked'
  return found.value === statusBits.suspended ? 'suspended' : 'unknown'
}

// The worst of several entries counts; what is final comes first.
const severity: readonly EntryState[] = ['revoked', 'suspended', 'unknown', 'valid']

async function readEntries(context: WalletContext, query: StatusQuery): Promise<State> {
  const { statuses = [] } = query.opened.vc?.facts ?? {}
  if (statuses.length === 0) return 'not_published'
  const states = await Promise.all(statuses.map((entry) => readEntry(context, query, entry)))
  return severity.find((state) => states.includes(state)) ?? 'unknown'
}

async function readEntry(
  context: WalletContext,
  query: StatusQuery,
  value: unknown,
): Promise<EntryState> {
  const entry = parseStatusEntry(value)
  if (!entry.ok) return 'unknown'
  const { statusPurpose: purpose, statusListCredential: url } = entry.value
  const list = await context.statusLists.fetchCredential(url, query.age)
  if (!list) return 'unknown'
  const verified = verifyStatusListCredential({
    list,
    entry: entry.value,
    keys: await findListKeys(context, query, list.vc.jws.header),
    issuer: query.issuer,
    now: context.clock.now(),
  })
  const found = verified.ok ? lookUpBitstringStatus(verified.value, entry.value) : verified
  if (!found.ok) return 'unknown'
  if (found.value.isValid) return 'valid'
  if (purpose === 'revocation') return 'revoked'
  // A message, or a purpose of somebody's own, does not make the credential void.
  return purpose === 'suspension' ? 'suspended' : 'valid'
}

/**
 * The keys that may sign the list: the issuer's. Where only the credential itself says who its issuer is, only the
 * certificate it was signed with may sign for its status.
 */
async function findListKeys(
  context: WalletContext,
  { issuer, issuerTrust, opened }: StatusQuery,
  { kid, x5c }: { kid?: string; x5c?: readonly string[] },
) {
  const found = await findIssuerKeys(context, {
    issuer,
    kid,
    x5c,
    issuerIdentifier: issuer,
    keyKinds: 'any',
  })
  if (!found.ok) return []
  const isSameLeaf = x5c?.[0] !== undefined && x5c[0] === opened.x5c[0]
  const isKnown = found.trust !== 'undetermined' || (issuerTrust === 'undetermined' && isSameLeaf)
  return isKnown ? found.keys : []
}

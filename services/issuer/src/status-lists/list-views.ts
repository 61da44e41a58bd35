import {
  type BitstringStatusListEntry,
  type BitstringView,
  buildStatusEntry,
  signStatusListCredential,
  signStatusListToken,
  statusListCredentialMediaType,
  viewAsBitstring,
} from '@mikromerit/credentials'
import { buildDocument, type CachedDocument } from '../cached-document.ts'
import type { Issuer } from '../organisations/issuers.ts'
import { bitsPerStatus } from './bits.ts'
import type { StatusEntry } from './status-indexes.ts'

export const bitstringViews = ['revocation', 'suspension', 'withdrawal'] as const

/** The forms one list is published in: as Token Status List, and as Bitstring Status Lists of one bit each. */
export type ListView = 'token' | BitstringView

/** The address of a list: in the credential, as `sub` of the token, and as the request's URL (I-49). */
export const buildStatusListUri = (issuer: Pick<Issuer, 'identifier'>, listNumber: number) =>
  `${issuer.identifier}/status-lists/${listNumber}`

const buildBitstringListUrl = (
  issuer: Pick<Issuer, 'identifier'>,
  listNumber: number,
  view: BitstringView,
) => `${issuer.identifier}/bitstring-status-lists/${listNumber}/${view}`

/** What a VC with room for several statuses says of its own: one entry for each purpose. */
export const buildStatusEntries = (
  issuer: Pick<Issuer, 'identifier'>,
  { listNumber, index }: StatusEntry,
): BitstringStatusListEntry[] =>
  (['revocation', 'suspension'] as const).map((purpose) =>
    buildStatusEntry({
      listUrl: buildBitstringListUrl(issuer, listNumber, purpose),
      index,
      purpose,
    }),
  )

/**
 * What an Open Badge says, whose schema has room for one status: that it is not to be relied on at present. Of the two
 * purposes only suspension is true of both states, since it alone can be lifted; a revoked badge stays so for ever.
 */
export const buildSingleStatusEntry = (
  issuer: Pick<Issuer, 'identifier'>,
  { listNumber, index }: StatusEntry,
): BitstringStatusListEntry =>
  buildStatusEntry({
    listUrl: buildBitstringListUrl(issuer, listNumber, 'withdrawal'),
    index,
    purpose: 'suspension',
  })

interface ListToSign {
  readonly listNumber: number
  readonly bytes: Uint8Array
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** 0: whoever asks must see every change at once. */
  readonly intervalSeconds: number
}

/** Signs a list in one of its forms. */
export const signView = async (
  issuer: Issuer,
  view: ListView,
  list: ListToSign,
): Promise<CachedDocument> =>
  view === 'token'
    ? buildDocument(await signToken(issuer, list), 'application/statuslist+jwt')
    : buildDocument(await signBitstring(issuer, view, list), statusListCredentialMediaType)

const signToken = (
  issuer: Issuer,
  { listNumber, bytes, issuedAt, expiresAt, intervalSeconds }: ListToSign,
) =>
  signStatusListToken({
    uri: buildStatusListUri(issuer, listNumber),
    bits: bitsPerStatus,
    bytes,
    issuedAt,
    expiresAt,
    // Status List draft 5.1: ttl is a positive number. At interval 0 a change is public at once, so nobody
    // may keep the list unasked: there is none, and Cache-Control says no-cache.
    ...(intervalSeconds > 0 ? { ttl: intervalSeconds } : {}),
    signer: issuer.signer,
  })

/** Bitstring Status List 2.2: without ttl a verifier keeps a list for five minutes, so at interval 0 it is a millisecond. */
const shortestTtlSeconds = 0.001

const signBitstring = (
  issuer: Issuer,
  view: BitstringView,
  { listNumber, bytes, issuedAt, expiresAt, intervalSeconds }: ListToSign,
) =>
  signStatusListCredential({
    url: buildBitstringListUrl(issuer, listNumber, view),
    issuer: issuer.identifier,
    statusPurpose: view === 'withdrawal' ? 'suspension' : view,
    bytes: viewAsBitstring(bytes, view),
    validFrom: issuedAt,
    validUntil: expiresAt,
    ttl: intervalSeconds > 0 ? intervalSeconds : shortestTtlSeconds,
    signer: issuer.signer,
  })

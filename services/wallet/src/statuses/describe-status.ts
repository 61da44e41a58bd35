import { replacementReasons } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { type OpenCredential, openCredential } from '../claims/open-credential.ts'
import { identityOf } from '../credentials/award-groups.ts'
import type { HeldCredential } from '../credentials/stored-credential.ts'
import type { StoredReplacement, StoredStatus } from './stored-status.ts'

const states = [
  'valid',
  'expired',
  'suspended',
  'revoked',
  'replaced',
  'unknown',
  'not_published',
] as const
export type CredentialState = (typeof states)[number]

const Replacement = Type.Object(
  {
    award: Type.String({ description: "The new award, by the issuer's own name for it" }),
    reason: Type.Enum(replacementReasons),
    replacedAt: Type.String({ format: 'date-time' }),
    credentials: Type.Array(Type.String({ format: 'uuid' }), {
      description: 'Credentials of the new award that you have here; none: ask the issuer',
    }),
  },
  { description: 'What took its place, as its issuer signed it' },
)

export const CredentialStatus = Type.Object(
  {
    state: Type.Enum(states, {
      description:
        'replaced: revoked, and its issuer says by what. unknown: the issuer could not be asked lately; never taken for valid. not_published: its issuer publishes no status for it',
    }),
    checkedAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'When the issuer was asked' }),
    ),
    replacedBy: Type.Optional(Replacement),
  },
  {
    description: 'What its issuer says of it',
    examples: [
      {
        state: 'replaced',
        checkedAt: '2026-06-08T12:00:00.000Z',
        replacedBy: {
          award: 'urn:uuid:0190c1a2-0000-7000-8000-00000000000a',
          reason: 'result_changed',
          replacedAt: '2026-06-07T09:00:00.000Z',
          credentials: ['0190c1a2-0000-7000-8000-00000000000b'],
        },
      },
    ],
  },
)
export type CredentialStatus = Static<typeof CredentialStatus>

/** What is older than this says nothing any more of a credential that can be withdrawn. */
export const maxStatusAgeSeconds = 24 * 60 * 60

/** The status of a credential as its holder sees it now; `opened` spares opening it once more. */
export function describeStatus(
  held: HeldCredential,
  { among, now }: { among: readonly HeldCredential[]; now: Date },
  opened: OpenCredential = openCredential(held.content.token),
): CredentialStatus {
  const { status } = held
  const state = readState(status, opened, now)
  return {
    state,
    ...(status && { checkedAt: status.checkedAt }),
    ...(state === 'replaced' &&
      status?.replacement && { replacedBy: describeReplacement(status.replacement, among) }),
  }
}

function readState(
  status: StoredStatus | undefined,
  { expiresAt }: OpenCredential,
  now: Date,
): CredentialState {
  // Final: it stays so, whether the issuer can be asked again or not.
  if (status?.state === 'revoked') return status.replacement ? 'replaced' : 'revoked'
  if (expiresAt && expiresAt <= now) return 'expired'
  if (!status) return 'unknown'
  const age = (now.getTime() - Date.parse(status.checkedAt)) / 1_000
  return age > maxStatusAgeSeconds && status.state !== 'not_published' ? 'unknown' : status.state
}

const describeReplacement = (
  { awardId, credentialIds, reason, replacedAt }: StoredReplacement,
  among: readonly HeldCredential[],
) => ({
  award: toUrn(awardId),
  reason,
  replacedAt,
  credentials: among
    .filter(({ content }) => {
      const identity = identityOf(content)
      return (
        credentialIds.some((id) => toUrn(id) === identity.credentialId?.toLowerCase()) ||
        toUrn(awardId) === identity.awardId?.toLowerCase()
      )
    })
    .map(({ id }) => id),
})

const toUrn = (uuid: string): string => `urn:uuid:${uuid.toLowerCase()}`

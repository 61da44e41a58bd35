import type { MicroCredential } from '@mikromerit/credentials'
import { normaliseCredential } from '../claims/normalise-credential.ts'
import { openCredential } from '../claims/open-credential.ts'
import { type CredentialState, describeStatus } from '../statuses/describe-status.ts'
import { groupByAward } from './award-groups.ts'
import { formatOf, type HeldCredential } from './stored-credential.ts'

/** What a learner was awarded, once, in however many formats it is held. */
export interface HeldAward {
  readonly credentialIds: readonly string[]
  readonly state: CredentialState
  readonly microCredential: MicroCredential
}

/** The awards of a learner that describe a micro-credential, each once. */
export const listHeldAwards = (held: readonly HeldCredential[], now: Date): HeldAward[] =>
  groupByAward(held).flatMap(({ members }) => {
    const microCredential = mergeDescriptions(members)
    if (!microCredential) return []
    const states = members.map((one) => describeStatus(one, { among: held, now }).state)
    return [
      {
        credentialIds: members.map(({ id }) => id),
        state: stateOfAward(states),
        microCredential,
      },
    ]
  })

// An award has one status: what any of its credentials lost, the award has lost. An expired document is another matter.
const precedence: readonly CredentialState[] = [
  'replaced',
  'revoked',
  'suspended',
  'valid',
  'not_published',
  'unknown',
  'expired',
]

const stateOfAward = (states: readonly CredentialState[]): CredentialState =>
  precedence.find((state) => states.includes(state)) ?? 'unknown'

/** ELM says most, then the SD-JWT VC, then the badge; what one leaves out another may say. */
function mergeDescriptions(members: readonly HeldCredential[]): MicroCredential | undefined {
  const described = members.flatMap((member) => {
    const opened = openCredential(member.content.token)
    const microCredential = normaliseCredential(opened)
    return microCredential
      ? [{ microCredential, rank: rankOf(member, opened.vc?.isOpenBadge) }]
      : []
  })
  const [first, ...others] = described
    .sort((one, other) => one.rank - other.rank)
    .map(({ microCredential }) => microCredential)
  return first && { ...first, ...Object.fromEntries(others.flatMap(Object.entries)) }
}

function rankOf({ content }: HeldCredential, isOpenBadge = false): number {
  if (isOpenBadge) return 0
  return formatOf(content) === 'dc+sd-jwt' ? 1 : 2
}

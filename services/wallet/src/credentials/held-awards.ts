import type { MicroCredential, StackingCredential } from '@mikromerit/credentials'
import { normaliseCredential } from '../claims/normalise-credential.ts'
import { type OpenCredential, openCredential } from '../claims/open-credential.ts'
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
    const opened = members.map((member) => ({
      member,
      credential: openCredential(member.content.token),
    }))
    const microCredential = mergeDescriptions(opened)
    if (!microCredential) return []
    const states = opened.map(
      ({ member, credential }) => describeStatus(member, { among: held, now }, credential).state,
    )
    return [
      {
        credentialIds: members.map(({ id }) => id),
        state: stateOfAward(states),
        microCredential,
      },
    ]
  })

interface OpenedMember {
  readonly member: HeldCredential
  readonly credential: OpenCredential
}

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
function mergeDescriptions(opened: readonly OpenedMember[]): MicroCredential | undefined {
  const described = opened.flatMap(({ member, credential }) => {
    const microCredential = normaliseCredential(credential)
    return microCredential
      ? [{ microCredential, rank: rankOf(member, credential.vc?.isOpenBadge) }]
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

export const countsAsHeld = (state: CredentialState): boolean =>
  state === 'valid' || state === 'not_published'

/** As rules and wholes see it: it counts once, by the first of its credentials. */
export function toStackingCredential({
  credentialIds: [id = ''],
  state,
  microCredential,
}: HeldAward): StackingCredential {
  if (countsAsHeld(state)) return { id, outcome: 'valid', microCredential }
  if (state === 'unknown') return { id, outcome: 'undetermined', microCredential }
  if (state === 'expired') return { id, outcome: 'invalid', microCredential }
  const status = state === 'suspended' ? 'suspended' : 'revoked'
  return { id, outcome: 'invalid', status, microCredential }
}

import { checkComponents, type MicroCredential } from '@mikromerit/credentials'
import { normaliseCredential } from '../claims/normalise-credential.ts'
import { openCredential } from '../claims/open-credential.ts'
import { describeStatus } from '../statuses/describe-status.ts'
import { toStackingCredential } from './held-awards.ts'
import type { HeldCredential } from './stored-credential.ts'

interface Surroundings {
  readonly among: readonly HeldCredential[]
  readonly now: Date
}

/** Of a whole, how its parts stand by now: each credential by itself, since a whole names one by its digest. */
export function describeParts(
  microCredential: MicroCredential | undefined,
  { among, now }: Surroundings,
): { readonly microCredential?: MicroCredential } {
  if (!microCredential?.components) return {}
  const known = among.flatMap((held) => {
    const opened = openCredential(held.content.token)
    const described = normaliseCredential(opened)
    const { state } = describeStatus(held, { among, now }, opened)
    return described
      ? [toStackingCredential({ credentialIds: [held.id], state, microCredential: described })]
      : []
  })
  return { microCredential: checkComponents(microCredential, known) }
}

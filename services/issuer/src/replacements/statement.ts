import { signReplacement } from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'
import { findAwardOf, listCredentialIds } from '../credentials/read-credentials.ts'
import type { Runtime } from '../runtime.ts'
import { findNewest, findSuccessor } from './read-replacements.ts'
import type { ReplacementParams } from './schemas.ts'

/** How long a statement may be relied on. The chain can grow, and its newest award get credentials. */
export const statementSeconds = 3_600

/**
 * The signed statement of what took the place of a credential (docs/reference/replacements.md): the newest award of its chain and
 * the credentials made from that.
 * @throws Problem replacement-not-found: it is unknown here, or was not replaced; which of the two is not told
 */
export async function stateReplacement(
  runtime: Runtime,
  { organisation, credential }: ReplacementParams,
): Promise<string> {
  const issuer = await runtime.issuers.find(organisation)
  if (!issuer) throw new Problem('replacement-not-found')
  const credentialId = credential.toLowerCase()
  const found = await runtime.database.inOrganisation(organisation, async (tx) => {
    const awardId = await findAwardOf(tx, organisation, credentialId)
    const successor = awardId && (await findSuccessor(tx, organisation, awardId))
    if (!successor) return undefined
    const newest = await findNewest(tx, organisation, successor.awardId)
    return { successor, newest, credentialIds: await listCredentialIds(tx, organisation, newest) }
  })
  if (!found) throw new Problem('replacement-not-found')
  const now = runtime.clock.now()
  return signReplacement({
    issuer: issuer.identifier,
    credentialId,
    replacedAt: found.successor.replacedAt,
    reason: found.successor.reason,
    replacedBy: { awardId: found.newest, credentialIds: found.credentialIds },
    issuedAt: now,
    expiresAt: new Date(now.getTime() + statementSeconds * 1_000),
    signer: issuer.signer,
  })
}

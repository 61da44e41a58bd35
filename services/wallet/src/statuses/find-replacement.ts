import { parseReplacement, replacementMediaType, verifyReplacement } from '@mikromerit/credentials'
import type { OpenCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'
import { fetchIssuerMetadata, findIssuerKeys } from '../issuers/issuer-keys.ts'
import type { StoredReplacement } from './stored-status.ts'

const maxStatementBytes = 65_536

/**
 * What took the place of a revoked credential, where its issuer publishes that and signed it. Undefined when there is
 * nothing, or nothing that can be believed: revoked it is in either case.
 */
export async function findReplacement(
  context: WalletContext,
  { opened: { id }, issuer }: { opened: OpenCredential; issuer: string },
): Promise<StoredReplacement | undefined> {
  const uuid = id && /^urn:uuid:([0-9a-f-]{36})$/i.exec(id)?.[1]
  const endpoint = uuid ? await findEndpoint(context, issuer) : undefined
  if (!uuid || endpoint === undefined) return undefined
  const answer = await context.outbound.getText(`${endpoint}/${uuid}`, {
    accept: replacementMediaType,
    maxBytes: maxStatementBytes,
  })
  const parsed = answer.ok ? parseReplacement(answer.value.body.trim()) : undefined
  if (!parsed?.ok) return undefined
  const { kid, x5c } = parsed.value.jws.header
  const query = { issuer, kid, x5c, issuerIdentifier: issuer }
  const found = await findIssuerKeys(context, query)
  if (!found.ok || found.trust === 'undetermined') return undefined
  const verified = verifyReplacement({
    replacement: parsed.value,
    issuer,
    credentialId: uuid,
    keys: found.keys,
    now: context.clock.now(),
  })
  if (!verified.ok) return undefined
  const { replacedAt, reason, replacedBy } = verified.value
  return { replacedAt: replacedAt.toISOString(), reason, ...replacedBy }
}

/** From the issuer's own metadata, and on its own host: nobody else is told which credential is asked about. */
async function findEndpoint(context: WalletContext, issuer: string): Promise<string | undefined> {
  const metadata = await fetchIssuerMetadata(context, issuer)
  if (!metadata.ok || metadata.value.issuer !== issuer) return undefined
  const { replacement_endpoint: endpoint } = metadata.value
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return undefined
  return new URL(endpoint).origin === new URL(issuer).origin ? endpoint : undefined
}

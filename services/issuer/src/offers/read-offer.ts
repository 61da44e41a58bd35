import { and, eq } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import { buildCredentialOffer } from './credential-offer.ts'
import type { CredentialOffer } from './schemas.ts'
import { offers } from './table.ts'

/** The offer at an unguessable address. Undefined when it is unknown, foreign or expired (I-08). */
export async function readOffer(
  runtime: Runtime,
  organisationId: string,
  reference: string,
): Promise<CredentialOffer | undefined> {
  const id = runtime.offerSecrets.references.read(organisationId, reference)
  const issuer = id ? await runtime.issuers.find(organisationId) : undefined
  if (!id || !issuer) return undefined
  const offer = await runtime.database.inOrganisation(organisationId, async (tx) => {
    const [row] = await tx
      .select({
        configurationIds: offers.configurationIds,
        grants: offers.grants,
        txCodeMac: offers.txCodeMac,
        expiresAt: offers.expiresAt,
      })
      .from(offers)
      .where(and(eq(offers.organisationId, organisationId), eq(offers.id, id)))
      .limit(1)
    return row
  })
  if (!offer || offer.expiresAt <= runtime.clock.now()) return undefined
  return buildCredentialOffer(runtime.offerSecrets, issuer, {
    id,
    configurationIds: offer.configurationIds,
    grants: offer.grants,
    asksTxCode: offer.txCodeMac !== null,
  })
}

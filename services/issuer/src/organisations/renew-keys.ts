import type { Clock, Database } from '@mikromerit/service-kit'
import { desc, eq } from 'drizzle-orm'
import { eachOrganisationId } from './organisations.ts'
import { createSigningKey, type SigningKeyOptions } from './signing-keys.ts'
import { organisations, signingKeys } from './table.ts'

export interface RenewalOptions extends SigningKeyOptions {
  readonly database: Database
  readonly clock: Clock
}

/**
 * How long a new key is published before it signs (I-53): longer than metadata is cached (five minutes) and
 * than another replica keeps an organisation in memory (one).
 */
const publishedFirstMs = 900_000

/** Gives every organisation whose certificate is past two thirds of its life a new key; the old one stays public. */
export async function renewKeys(options: RenewalOptions): Promise<void> {
  for await (const organisationId of eachOrganisationId(options.database))
    await renewKey(options, organisationId)
}

const renewKey = (options: RenewalOptions, organisationId: string) =>
  options.database.inOrganisation(organisationId, async (tx) => {
    const [newest] = await tx
      .select({ signsFrom: signingKeys.signsFrom, expiresAt: signingKeys.expiresAt })
      .from(signingKeys)
      .where(eq(signingKeys.organisationId, organisationId))
      .orderBy(desc(signingKeys.signsFrom))
      .limit(1)
    const now = options.clock.now()
    if (newest && !isPastTwoThirds(newest, now)) return
    const [organisation] = await tx
      .select({ id: organisations.id, profile: organisations.profile })
      .from(organisations)
      .where(eq(organisations.id, organisationId))
      .limit(1)
    if (!organisation) return
    const signsFrom = new Date(now.getTime() + publishedFirstMs)
    const key = await createSigningKey(options, organisation, { now, signsFrom })
    await tx.insert(signingKeys).values(key)
  })

const isPastTwoThirds = (
  { signsFrom, expiresAt }: { readonly signsFrom: Date; readonly expiresAt: Date },
  now: Date,
) => {
  const life = expiresAt.getTime() - signsFrom.getTime()
  return now.getTime() >= signsFrom.getTime() + (2 / 3) * life
}

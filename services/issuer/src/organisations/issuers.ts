import { createPrivateKey } from 'node:crypto'
import { createSoftwareSigner, type PublicJwk, type Signer } from '@mikromerit/credentials'
import type { Clock, Database, Vault } from '@mikromerit/service-kit'
import { desc, eq } from 'drizzle-orm'
import { createBoundedCache } from '../bounded-cache.ts'
import { selectProvider } from '../sign-in/select-provider.ts'
import { buildIdentifier } from './identifier.ts'
import type { OrganisationProfile } from './schemas.ts'
import type { OrganisationSettings } from './settings.ts'
import { openPrivateKey, type SealedSigningKey } from './signing-keys.ts'
import { organisations, signingKeys } from './table.ts'

/** A public key with its certificates, as key sets publish it (RFC 7517 4). */
export interface PublishedKey extends PublicJwk {
  readonly kid: string
  readonly x5c: readonly string[]
}

/** An organisation as the protocol sees it: its identifier and the keys it signs with. */
export interface Issuer {
  readonly organisationId: string
  /** The Credential Issuer Identifier: `{PUBLIC_URL}/{organisation}`. */
  readonly identifier: string
  readonly profile: OrganisationProfile
  readonly settings: OrganisationSettings
  readonly signer: Signer
  /** The key of `signer` as it is kept, for a thread that opens it itself. */
  readonly sealedKey: SealedSigningKey
  /** Whether its learners can sign in: then wallets may ask them for authorization. */
  readonly hasSignIn: boolean
  /** All keys credentials may be signed with, old ones included (I-53). */
  readonly publicKeys: readonly PublishedKey[]
}

export interface Issuers {
  find(organisationId: string): Promise<Issuer | undefined>
  /** It has changed: loaded anew when it is next asked for. Other replicas follow within a minute. */
  forget(organisationId: string): void
}

const couldBeId = /^[a-z0-9-]{1,64}$/

/** Keys are opened and parsed once, then kept for a while (design.md section 5). */
export function createIssuers(options: {
  database: Database
  vault: Vault
  clock: Clock
  publicUrl: string
}): Issuers {
  const cache = createBoundedCache<Issuer>({
    clock: options.clock,
    maxEntries: 1_000,
    maxAgeSeconds: 60,
  })
  return {
    forget: (organisationId) => cache.forget(organisationId),
    find: async (organisationId) =>
      // Addresses of wallets hold anything: the database is asked only about what can be an id.
      couldBeId.test(organisationId)
        ? cache.get(organisationId, () => loadIssuer(options, organisationId))
        : undefined,
  }
}

const loadIssuer = (
  { database, vault, clock, publicUrl }: Parameters<typeof createIssuers>[0],
  organisationId: string,
) =>
  database.inOrganisation(organisationId, async (tx): Promise<Issuer | undefined> => {
    const [organisation] = await tx
      .select({ profile: organisations.profile, settings: organisations.settings })
      .from(organisations)
      .where(eq(organisations.id, organisationId))
      .limit(1)
    const keys = await tx
      .select()
      .from(signingKeys)
      .where(eq(signingKeys.organisationId, organisationId))
      .orderBy(desc(signingKeys.signsFrom))
      .limit(100)
    // The newest key that may sign already: a fresh one is published before it is used (I-53).
    const current = keys.find((key) => key.signsFrom <= clock.now())
    if (!organisation || !current) return undefined
    return {
      organisationId,
      identifier: buildIdentifier(publicUrl, organisationId),
      profile: organisation.profile,
      settings: organisation.settings,
      hasSignIn: (await selectProvider(tx, organisationId)) !== undefined,
      signer: createSoftwareSigner({
        privateKey: createPrivateKey({ key: openPrivateKey(vault, current), format: 'jwk' }),
        kid: current.kid,
        x5c: current.certificateChain,
      }),
      sealedKey: current,
      publicKeys: keys.map(({ kid, publicJwk, certificateChain: x5c }) => ({
        ...publicJwk,
        kid,
        x5c,
      })),
    }
  })

import { Problem } from '@mikromerit/service-kit'
import type { Runtime } from '../runtime.ts'
import type { SignInProvider, SignInProviderDraft } from './schemas.ts'
import { selectProvider } from './select-provider.ts'
import { signInProviders } from './table.ts'

export interface OpenedProvider extends SignInProvider {
  readonly clientSecret: string | undefined
}

// Part of the seal: another organisation's secret does not open here.
const secretContext = (organisationId: string) => `sign-in/${organisationId}`

/**
 * Says where an organisation's learners sign in; without a secret it is a public client there.
 * @throws Problem organisation-not-found
 */
export async function storeProvider(
  runtime: Runtime,
  organisationId: string,
  { clientSecret, ...content }: SignInProviderDraft,
): Promise<SignInProvider> {
  if (!(await runtime.issuers.find(organisationId))) throw new Problem('organisation-not-found')
  const sealed =
    clientSecret === undefined
      ? null
      : runtime.vault.sealJson(clientSecret, secretContext(organisationId))
  const row = { content, clientSecret: sealed, changedAt: runtime.clock.now() }
  await runtime.database.inOrganisation(organisationId, (tx) =>
    tx
      .insert(signInProviders)
      .values({ organisationId, ...row })
      .onConflictDoUpdate({ target: signInProviders.organisationId, set: row }),
  )
  runtime.issuers.forget(organisationId)
  return content
}

/** Where an organisation's learners sign in, without the secret. */
export async function readProvider(
  runtime: Runtime,
  organisationId: string,
): Promise<SignInProvider> {
  const row = await runtime.database.inOrganisation(organisationId, (tx) =>
    selectProvider(tx, organisationId),
  )
  if (!row) throw new Problem('sign-in-not-found')
  return row.content
}

/** The same with its secret, for calling the provider. */
export async function openProvider(
  runtime: Runtime,
  organisationId: string,
): Promise<OpenedProvider | undefined> {
  const row = await runtime.database.inOrganisation(organisationId, (tx) =>
    selectProvider(tx, organisationId),
  )
  if (!row) return undefined
  const clientSecret = row.clientSecret
    ? runtime.vault.openJson<string>(row.clientSecret, secretContext(organisationId))
    : undefined
  return { ...row.content, clientSecret }
}

import type { WalletContext } from '../context.ts'
import { asHolder } from '../holders/holders.ts'
import { refreshWhenOld } from '../statuses/refresh-status.ts'
import { demandCredential, readCredentials } from './credentials.ts'
import { describeCredential, summariseCredential } from './describe-credential.ts'
import { readSurroundings } from './read-surroundings.ts'
import type { CredentialDetail, CredentialSummary } from './schemas.ts'

/** The latest first; `before` is the last id of the page before. */
export async function listCredentials(
  context: WalletContext,
  holderId: string,
  page: { limit: number; before?: string | undefined },
): Promise<CredentialSummary[]> {
  const { held, among } = await asHolder(context, holderId, async (tx, holder) => {
    const read = await readCredentials(tx, holder, page)
    return { held: read, among: await readSurroundings(tx, holder, read) }
  })
  refreshWhenOld(context, holderId, held)
  const now = context.clock.now()
  return held.map((credential) => summariseCredential(credential, { among, now }))
}

/** Throws `credential-not-found`. */
export async function findCredential(
  context: WalletContext,
  holderId: string,
  id: string,
): Promise<CredentialDetail> {
  const { held, among } = await asHolder(context, holderId, async (tx, holder) => {
    const read = await demandCredential(tx, holder, id)
    return { held: read, among: await readSurroundings(tx, holder, [read]) }
  })
  refreshWhenOld(context, holderId, [held])
  return describeCredential(held, { among, now: context.clock.now() })
}

import { newId, Problem, type Transaction } from '@mikromerit/service-kit'
import { and, desc, eq, inArray, lt, notInArray, or } from 'drizzle-orm'
import type { WalletContext } from '../context.ts'
import { recordEvent } from '../history/history.ts'
import { asHolder, type Holder } from '../holders/holders.ts'
import type { RecordAnswer } from '../idempotency/answer-once.ts'
import { notifyIssuer } from '../issuers/notify-issuer.ts'
import type { PrivateJwk } from '../protocol/holder-key.ts'
import type { StoredStatus } from '../statuses/stored-status.ts'
import { awardKeysOf } from './award-groups.ts'
import type { HeldCredential, StoredCredential } from './stored-credential.ts'
import { credentials } from './table.ts'

/** How many credentials one learner's query looks at. */
const maxCandidates = 1_000

/** Keeps a verified credential, in the transaction that ends its offer. */
export async function storeCredential(
  tx: Transaction,
  holder: Holder,
  credential: {
    content: StoredCredential
    key: PrivateJwk
    status: StoredStatus
    receivedAt: Date
  },
): Promise<HeldCredential> {
  const id = newId()
  await tx.insert(credentials).values({
    holderId: holder.id,
    id,
    sealedCredential: holder.dataKey.sealJson(credential.content, contextOf(holder, id)),
    sealedKey: holder.dataKey.sealJson(credential.key, keyContextOf(holder, id)),
    receivedAt: credential.receivedAt,
    ...digestAwardKeys(holder, credential.content),
    ...sealStatus(holder, id, credential.status),
  })
  const { content, status, receivedAt } = credential
  await recordEvent(tx, holder, {
    event: 'credential_received',
    at: receivedAt,
    detail: {
      counterpart: content.issuer,
      credentials: [{ credentialId: id, title: content.title }],
    },
  })
  return { id, receivedAt, content, status }
}

/**
 * These credentials and every other of the same awards. Those that name no award are found by their offer first, and by
 * these the ones that came by another.
 */
export async function readAwardMembers(
  tx: Transaction,
  holder: Holder,
  held: readonly HeldCredential[],
): Promise<HeldCredential[]> {
  const found = await readSharing(tx, holder, held)
  const isComplete = held.every(({ content }) => awardKeysOf(content).award !== undefined)
  return isComplete ? found : readSharing(tx, holder, found)
}

async function readSharing(
  tx: Transaction,
  holder: Holder,
  held: readonly HeldCredential[],
): Promise<HeldCredential[]> {
  const keys = held.map(({ content }) => digestAwardKeys(holder, content))
  const awards = keys.flatMap(({ awardMac }) => awardMac ?? [])
  const offers = keys.flatMap(({ offerMac }) => offerMac ?? [])
  if (awards.length + offers.length === 0) return [...held]
  const rows = await tx
    .select()
    .from(credentials)
    .where(
      and(
        eq(credentials.holderId, holder.id),
        or(inArray(credentials.awardMac, awards), inArray(credentials.offerMac, offers)),
        notInArray(
          credentials.id,
          held.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(desc(credentials.id))
    .limit(maxCandidates)
  return [...held, ...rows.map((row) => openRow(holder, row))]
}

/** Every credential a presentation may choose from. */
export const listCandidates = (tx: Transaction, holder: Holder): Promise<HeldCredential[]> =>
  readCredentials(tx, holder, { limit: maxCandidates })

/** One credential of this holder. Throws `credential-not-found`. */
export async function demandCredential(
  tx: Transaction,
  holder: Holder,
  id: string,
): Promise<HeldCredential> {
  const [row] = await tx.select().from(credentials).where(rowOf(holder, id)).limit(1)
  if (!row) throw new Problem('credential-not-found')
  return openRow(holder, row)
}

/** Keeps what the issuer said of a credential; one that was deleted meanwhile stays deleted. */
export async function saveStatus(
  tx: Transaction,
  holder: Holder,
  { id, status }: { id: string; status: StoredStatus },
): Promise<void> {
  await tx
    .update(credentials)
    .set(sealStatus(holder, id, status))
    .where(rowOf(holder, id))
}

/** The private key of a credential that is about to be presented. */
export async function findHolderKey(
  tx: Transaction,
  holder: Holder,
  id: string,
): Promise<PrivateJwk | undefined> {
  const [row] = await tx
    .select({ sealedKey: credentials.sealedKey })
    .from(credentials)
    .where(rowOf(holder, id))
    .limit(1)
  return row && holder.dataKey.openJson<PrivateJwk>(row.sealedKey, keyContextOf(holder, id))
}

/** Removes a credential with its key, and tells the issuer (W-19). Throws `credential-not-found`. */
export async function deleteCredential(
  context: WalletContext,
  holderId: string,
  { id, record }: { id: string; record: RecordAnswer<null> },
): Promise<null> {
  const content = await asHolder(context, holderId, async (tx, holder) => {
    const [row] = await tx.delete(credentials).where(rowOf(holder, id)).returning()
    if (!row) throw new Problem('credential-not-found')
    const held = openRow(holder, row)
    await recordEvent(tx, holder, {
      event: 'credential_deleted',
      at: context.clock.now(),
      detail: {
        counterpart: held.content.issuer,
        credentials: [{ credentialId: id, title: held.content.title }],
      },
    })
    await record(tx, holder, null)
    return held.content
  })
  if (content.notification) notifyIssuer(context, content.notification, 'credential_deleted')
  return null
}

/** The latest first; `before` is the last id of the page before. */
export async function readCredentials(
  tx: Transaction,
  holder: Holder,
  page: { limit: number; before?: string | undefined },
): Promise<HeldCredential[]> {
  const rows = await tx
    .select()
    .from(credentials)
    .where(
      and(
        eq(credentials.holderId, holder.id),
        page.before === undefined ? undefined : lt(credentials.id, page.before),
      ),
    )
    .orderBy(desc(credentials.id))
    .limit(page.limit)
  return rows.map((row) => openRow(holder, row))
}

const openRow = (holder: Holder, row: typeof credentials.$inferSelect): HeldCredential => ({
  id: row.id,
  receivedAt: row.receivedAt,
  content: holder.dataKey.openJson<StoredCredential>(
    row.sealedCredential,
    contextOf(holder, row.id),
  ),
  ...(row.sealedStatus && {
    status: holder.dataKey.openJson<StoredStatus>(
      row.sealedStatus,
      statusContextOf(holder, row.id),
    ),
  }),
})

function digestAwardKeys(holder: Holder, content: StoredCredential) {
  const { award, offer } = awardKeysOf(content)
  return {
    ...(award === undefined ? {} : { awardMac: holder.digest(`award ${award}`) }),
    ...(offer === undefined ? {} : { offerMac: holder.digest(`offer ${offer}`) }),
  }
}

const sealStatus = (holder: Holder, id: string, status: StoredStatus) => ({
  sealedStatus: holder.dataKey.sealJson(status, statusContextOf(holder, id)),
  statusCheckedAt: new Date(status.checkedAt),
})

const rowOf = (holder: Holder, id: string) =>
  and(eq(credentials.holderId, holder.id), eq(credentials.id, id))
const contextOf = (holder: Holder, id: string) => `credentials/${holder.id}/${id}`
const keyContextOf = (holder: Holder, id: string) => `credential-keys/${holder.id}/${id}`
const statusContextOf = (holder: Holder, id: string) => `credential-statuses/${holder.id}/${id}`

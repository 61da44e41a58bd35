import { newId, type Transaction } from '@mikromerit/service-kit'
import { and, desc, eq, lt } from 'drizzle-orm'
import type { WalletContext } from '../context.ts'
import { asHolder, type Holder } from '../holders/holders.ts'
import type { HistoryEvent } from './events.ts'
import type { HistoryDetail, HistoryEntry } from './schemas.ts'
import { history } from './table.ts'

/** Adds one event, in the transaction that makes it true. */
export async function recordEvent(
  tx: Transaction,
  holder: Holder,
  entry: { event: HistoryEvent; at: Date; detail: HistoryDetail },
): Promise<void> {
  const id = newId()
  await tx.insert(history).values({
    holderId: holder.id,
    id,
    event: entry.event,
    sealedDetail: holder.dataKey.sealJson(entry.detail, contextOf(holder, id)),
    at: entry.at,
  })
}

/** The latest events first; `before` is the last id of the page before. */
export function listHistory(
  context: WalletContext,
  holderId: string,
  page: { limit: number; before?: string | undefined },
): Promise<HistoryEntry[]> {
  return asHolder(context, holderId, async (tx, holder) => {
    const rows = await tx
      .select()
      .from(history)
      .where(
        and(
          eq(history.holderId, holderId),
          page.before === undefined ? undefined : lt(history.id, page.before),
        ),
      )
      .orderBy(desc(history.id))
      .limit(page.limit)
    return rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      event: row.event,
      ...holder.dataKey.openJson<HistoryDetail>(row.sealedDetail, contextOf(holder, row.id)),
    }))
  })
}

const contextOf = (holder: Holder, id: string) => `history/${holder.id}/${id}`

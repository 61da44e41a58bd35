import { randomBytes } from 'node:crypto'
import { statusIndexAt } from '@mikromerit/credentials'
import type { Clock, Database, Transaction, Vault } from '@mikromerit/service-kit'
import { and, desc, eq } from 'drizzle-orm'
import { statusLists } from './table.ts'

/** A credential's place in the lists of its organisation. */
export interface StatusEntry {
  readonly listNumber: number
  readonly index: number
}

export interface StatusIndexes {
  /** The next unused entry: random to the outside, never given twice, no row locked per credential. */
  next(organisationId: string): Promise<StatusEntry>
}

interface Block {
  readonly listNumber: number
  readonly key: Buffer
  readonly size: number
  next: number
  readonly end: number
}

/** Counters reserved at once. A process that dies loses at most these: they stay unused for ever. */
const blockSize = 256
/** Organisations whose block is kept in memory. Beyond that the oldest block is given up. */
const maxBlocks = 10_000

/** Takes counters from the database in blocks and turns each into an index by a keyed permutation. */
export function createStatusIndexes(options: {
  database: Database
  vault: Vault
  clock: Clock
  listSize: number
}): StatusIndexes {
  const blocks = new Map<string, Block>()
  const reservations = new Map<string, Promise<void>>()

  const keep = (organisationId: string, block: Block) => {
    blocks.delete(organisationId)
    blocks.set(organisationId, block)
    const oldest = blocks.keys().next()
    if (blocks.size > maxBlocks && !oldest.done) blocks.delete(oldest.value)
  }

  // One reservation at a time per organisation: the others wait for it and share its block.
  const reserve = (organisationId: string) => {
    const underWay = reservations.get(organisationId)
    if (underWay) return underWay
    const reservation = reserveBlock(options, organisationId)
      .then((block) => {
        if (block) keep(organisationId, block)
      })
      .finally(() => reservations.delete(organisationId))
    reservations.set(organisationId, reservation)
    return reservation
  }

  return {
    async next(organisationId) {
      for (;;) {
        const block = blocks.get(organisationId)
        if (block && block.next < block.end) {
          const counter = block.next++
          const index = statusIndexAt({ key: block.key, counter, size: block.size })
          return { listNumber: block.listNumber, index }
        }
        await reserve(organisationId)
      }
    },
  }
}

const reserveBlock = (
  { database, vault, clock, listSize }: Parameters<typeof createStatusIndexes>[0],
  organisationId: string,
) =>
  database.inOrganisation(organisationId, async (tx): Promise<Block | undefined> => {
    const newest = await lockNewestList(tx, organisationId)
    if (newest && newest.nextCounter < newest.size) {
      const end = Math.min(newest.nextCounter + blockSize, newest.size)
      await tx
        .update(statusLists)
        .set({ nextCounter: end })
        .where(
          and(
            eq(statusLists.organisationId, organisationId),
            eq(statusLists.number, newest.number),
          ),
        )
      const key = openPermutationKey(vault, organisationId, newest)
      return { listNumber: newest.number, key, size: newest.size, next: newest.nextCounter, end }
    }
    const number = (newest?.number ?? 0) + 1
    const key = randomBytes(32)
    const end = Math.min(blockSize, listSize)
    const [opened] = await tx
      .insert(statusLists)
      .values({
        organisationId,
        number,
        size: listSize,
        nextCounter: end,
        permutationKey: sealPermutationKey(vault, organisationId, number, key),
        createdAt: clock.now(),
      })
      // Another replica may open the same list at this moment: then the caller asks again and finds it.
      .onConflictDoNothing()
      .returning({ number: statusLists.number })
    return opened && { listNumber: number, key, size: listSize, next: 0, end }
  })

async function lockNewestList(tx: Transaction, organisationId: string) {
  const [list] = await tx
    .select()
    .from(statusLists)
    .where(eq(statusLists.organisationId, organisationId))
    .orderBy(desc(statusLists.number))
    .limit(1)
    .for('update')
  return list
}

const permutationContext = (organisationId: string, number: number) =>
  `status-lists/${organisationId}/${number}`

const sealPermutationKey = (vault: Vault, organisationId: string, number: number, key: Buffer) =>
  vault.sealJson(key.toString('base64url'), permutationContext(organisationId, number))

const openPermutationKey = (
  vault: Vault,
  organisationId: string,
  list: { number: number; permutationKey: Buffer },
) =>
  Buffer.from(
    vault.openJson<string>(list.permutationKey, permutationContext(organisationId, list.number)),
    'base64url',
  )

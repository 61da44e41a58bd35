import Type, { type TSchema } from 'typebox'
import { Problem } from '../problems/problem.ts'

/** The query of every list: `limit` items after `cursor`. */
export const PageQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20, description: 'Items on a page' }),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 512,
      pattern: '^[A-Za-z0-9_-]+$',
      description: 'nextCursor of the page before',
    }),
  ),
})

/** One page of a list; without `nextCursor` it is the last. */
export const pageOf = <Item extends TSchema>(item: Item) =>
  Type.Object(
    {
      items: Type.Array(item),
      nextCursor: Type.Optional(
        Type.String({ description: 'Send it as cursor to get the next page' }),
      ),
    },
    { description: 'One page of the list', examples: [{ items: examplesOf(item) }] },
  )

/** The first example of what a schema describes, when it has one. */
const examplesOf = (schema: TSchema): unknown[] =>
  'examples' in schema && Array.isArray(schema.examples) ? schema.examples.slice(0, 1) : []

/** A cursor is where a page ended, opaque to clients. */
export const encodeCursor = (position: string): string =>
  Buffer.from(position).toString('base64url')

/** @throws Problem `validation-failed` for a cursor that we did not give. */
export function decodeCursor(cursor: string, pattern: RegExp = uuid): string {
  const position = Buffer.from(cursor, 'base64url').toString('utf8')
  if (pattern.test(position)) return position
  throw new Problem('validation-failed', {
    errors: [{ pointer: '/cursor', detail: 'is not a cursor of this list', in: 'query' }],
  })
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Cuts a page from rows that were read with one more than the limit. */
export function toPage<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => string,
): { items: Row[]; nextCursor?: string } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  if (rows.length <= limit || last === undefined) return { items }
  return { items, nextCursor: encodeCursor(positionOf(last)) }
}

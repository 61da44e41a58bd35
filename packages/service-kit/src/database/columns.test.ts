import { pgTable, text } from 'drizzle-orm/pg-core'
import { expect, it } from 'vitest'
import { oneOf } from './columns.ts'
import { dialect } from './quiet-session.ts'

it('writes a closed set out, without parameters, as a CHECK needs it', () => {
  const awards = pgTable('awards', { status: text('status') })
  expect(dialect.sqlToQuery(oneOf(awards.status, ['valid', "isn't"]))).toMatchObject({
    sql: `"awards"."status" in ('valid', 'isn''t')`,
    params: [],
  })
})

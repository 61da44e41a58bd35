import { bytea } from '@mikromerit/service-kit'
import { jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { organisations } from '../organisations/table.ts'
import type { SignInProvider } from './schemas.ts'

/** Where the learners of an organisation sign in: one OpenID provider each. */
export const signInProviders = pgTable('sign_in_providers', {
  organisationId: text('organisation_id')
    .primaryKey()
    .references(() => organisations.id),
  content: jsonb('content').$type<SignInProvider>().notNull(),
  // Sealed by the vault; never told again. Null: a public client.
  clientSecret: bytea('client_secret'),
  changedAt: timestamp('changed_at', { withTimezone: true }).notNull(),
})

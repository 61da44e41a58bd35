import { type NodePgClient, NodePgSession } from 'drizzle-orm/node-postgres'
import { PgDialect, type PgPreparedQuery, type PreparedQueryConfig } from 'drizzle-orm/pg-core'
import { withoutValues } from './database-error.ts'

type NoTables = Record<string, never>
type Prepare = NodePgSession<NoTables, NoTables>['prepareQuery']

export const dialect = new PgDialect()

/** A drizzle session whose errors say where a query failed but never repeat its parameters. */
export class QuietSession extends NodePgSession<NoTables, NoTables> {
  constructor(client: NodePgClient) {
    super(client, dialect, undefined)
  }

  override prepareQuery<T extends PreparedQueryConfig = PreparedQueryConfig>(
    ...parameters: Parameters<Prepare>
  ): PgPreparedQuery<T> {
    const prepared = super.prepareQuery<T>(...parameters)
    const { execute } = prepared
    // `this` is kept open: runPrepared lends a prepared query to a transaction's connection.
    prepared.execute = async function (this: PgPreparedQuery<T>, values) {
      try {
        return await execute.call(this, values)
      } catch (error) {
        throw withoutValues(error)
      }
    }
    return prepared
  }
}

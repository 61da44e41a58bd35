/** The embedded PostgreSQL cannot be had here; the message says what to do instead. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'

  constructor(reason: string, options?: { cause?: unknown }) {
    super(
      `The embedded PostgreSQL cannot start: ${reason}. Set DATABASE_URL to a PostgreSQL 16 or newer instead.`,
      options,
    )
  }
}

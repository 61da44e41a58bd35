export interface OAuthErrorOptions {
  /** Default 400. */
  readonly status?: number
  /** A challenge for the WWW-Authenticate header (RFC 6750 3, RFC 9449 7.1). */
  readonly wwwAuthenticate?: string
  readonly headers?: Readonly<Record<string, string>>
  /** For the log only. */
  readonly cause?: unknown
}

/** A refusal on a protocol endpoint, with a code from that endpoint's specification. */
export class OAuthError extends Error {
  readonly error: string
  readonly description: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  /** `description`: printable ASCII without `"` and `\` (RFC 6749 5.2); it never repeats a value that was received. */
  constructor(error: string, description: string, options: OAuthErrorOptions = {}) {
    super(error, { cause: options.cause })
    this.name = 'OAuthError'
    this.error = error
    this.description = description
    this.status = options.status ?? 400
    this.headers = {
      ...options.headers,
      ...(options.wwwAuthenticate && { 'www-authenticate': options.wwwAuthenticate }),
    }
  }
}

/** What an access token allows, as the routes see it. */
export interface Access {
  readonly subject: string
  readonly clientId?: string
  /** The one organisation whose resources the token may touch. */
  readonly organisation?: string
  readonly scopes: ReadonlySet<string>
}

/** Whether the token covers a scope; to write includes to read. */
export const hasScope = ({ scopes }: Access, scope: string): boolean =>
  scopes.has(scope) || (scope.endsWith(':read') && scopes.has(scope.replace(/:read$/, ':write')))

/** First path segments the service uses itself, or may come to use: no organisation can be called so. */
const reservedIds: ReadonlySet<string> = new Set([
  'admin',
  'api',
  'contexts',
  'docs',
  'health',
  'livez',
  'metrics',
  'openapi',
  'problems',
  'readyz',
  'sign-in',
  'static',
  'type-metadata',
  'v1',
  'v2',
  'well-known',
])

export const isReservedId = (id: string) => reservedIds.has(id)

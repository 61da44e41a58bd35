/** A media type of a JOSE header in its short form: `application/` may be left out (RFC 7515 4.1.9). */
export const readMediaType = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.toLowerCase().replace(/^application\//, '') : undefined

/** Whether an optional `typ` or `cty` is absent or one of these. */
export const isMediaType = (value: unknown, expected: readonly string[]): boolean =>
  value === undefined || expected.includes(readMediaType(value) ?? '')

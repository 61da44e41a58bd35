type Present<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

/** Leaves out members that are undefined: what is not known is absent, not empty. */
export const present = <T extends Readonly<Record<string, unknown>>>(members: T): Present<T> =>
  // The members left are those of T that are not undefined, which the types cannot follow.
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Present<T>

/** The same, and nothing at all when no member is left. */
export function presentOrNothing<T extends Readonly<Record<string, unknown>>>(
  members: T,
): Present<T> | undefined {
  const left = present(members)
  return Object.keys(left).length > 0 ? left : undefined
}

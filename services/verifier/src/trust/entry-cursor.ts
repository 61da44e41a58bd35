import { decodeCursor } from '@mikromerit/service-kit'

const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/

/** Lists of the registry are in the order of their entries' ids: a page begins after one. */
export const positionOf = ({ id }: { readonly id: string }): string => id

/** @throws Problem validation-failed */
export const readCursor = (cursor: string | undefined): string | undefined =>
  cursor === undefined ? undefined : decodeCursor(cursor, idPattern)

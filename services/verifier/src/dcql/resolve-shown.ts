import { isObject } from '@mikromerit/credentials'
import type { ClaimPath } from './schemas.ts'

/**
 * The values a claims path points at in what was shown (OpenID4VP 7.1); none when nothing is there.
 * Elements that were not disclosed are gone, and those behind them have moved up: an index therefore means
 * the element at its place or before it.
 */
export function resolveShown(payload: unknown, path: ClaimPath): unknown[] {
  let values: unknown[] = [payload]
  for (const step of path) values = values.flatMap((value) => takeStep(value, step))
  return values
}

function takeStep(value: unknown, step: string | number | null): unknown[] {
  if (typeof step === 'string')
    return isObject(value) && Object.hasOwn(value, step) ? [value[step]] : []
  if (!Array.isArray(value)) return []
  return step === null ? value : value.slice(0, step + 1)
}

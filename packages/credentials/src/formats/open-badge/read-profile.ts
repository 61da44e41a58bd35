import { isObject } from '../../jose/json.ts'
import type { Party } from '../micro-credential.ts'
import { omitEmpty } from '../omit-absent.ts'
import { readText } from '../read-claims.ts'

/** A profile is an object with a name, or the address of one. */
export function readProfile(value: unknown): Party | undefined {
  if (typeof value === 'string') return omitEmpty({ identifier: readText(value) })
  if (!isObject(value)) return undefined
  const address = isObject(value.address) ? value.address : {}
  return omitEmpty({
    name: readText(value.name),
    country: readText(address.addressCountryCode),
    identifier: readText(value.id),
  })
}

/** The day as written, not as it would be in another time zone. */
export const readDay = (value: unknown): string | undefined =>
  typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(value)?.[0] : undefined

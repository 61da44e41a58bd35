import { accept, type Result, refuse } from '../result.ts'

export interface JsonLimits {
  /** Greatest nesting of objects and arrays. Default 16. */
  readonly depth?: number
  /** Greatest number of object members and array elements together. Default 10,000. */
  readonly members?: number
}

export type JsonRefusal =
  | 'json_malformed'
  | 'json_duplicate_name'
  | 'json_too_deep'
  | 'json_too_large'

/**
 * Parses JSON that a stranger wrote: refuses duplicate member names, at any depth and however they are
 * escaped (F-15), and everything beyond the limits. A member called `__proto__` stays plain data (F-14).
 */
export function parseJson(text: string, limits: JsonLimits = {}): Result<unknown, JsonRefusal> {
  // The scan comes first: it bounds depth before anything recursive sees the text.
  const fault = scan(text, limits.depth ?? 16, limits.members ?? 10_000)
  if (fault) return fault
  try {
    return accept(JSON.parse(text))
  } catch {
    return refuse('json_malformed', 'The text is not JSON.')
  }
}

/** Parses JSON and demands an object at the top. */
export function parseJsonObject(
  text: string,
  limits?: JsonLimits,
): Result<Record<string, unknown>, JsonRefusal> {
  const parsed = parseJson(text, limits)
  if (!parsed.ok) return parsed
  return isObject(parsed.value)
    ? accept(parsed.value)
    : refuse('json_malformed', 'The JSON text is not an object.')
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One pass over the characters; grammar is left to `JSON.parse`. */
function scan(text: string, maxDepth: number, maxMembers: number) {
  const open: (Set<string> | undefined)[] = []
  let members = 0
  let nameNext = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === quote) {
      const end = findStringEnd(text, at)
      const names = open.at(-1)
      if (nameNext && names) {
        const name = unescapeName(text.slice(at, end + 1))
        if (names.has(name))
          return refuse('json_duplicate_name', 'An object has the same member name twice.')
        names.add(name)
        nameNext = false
      }
      at = end
    } else if (character === openObject || character === openArray) {
      open.push(character === openObject ? new Set() : undefined)
      nameNext = character === openObject
      if (open.length > maxDepth)
        return refuse('json_too_deep', `JSON is nested deeper than ${maxDepth} levels.`)
      if (++members > maxMembers)
        return refuse('json_too_large', `JSON has more than ${maxMembers} members.`)
    } else if (character === closeObject || character === closeArray) {
      open.pop()
      nameNext = false
    } else if (character === comma) {
      nameNext = open.at(-1) !== undefined
      if (++members > maxMembers)
        return refuse('json_too_large', `JSON has more than ${maxMembers} members.`)
    }
  }
  return undefined
}

const [quote, backslash, openObject, closeObject, openArray, closeArray, comma] = Array.from(
  '"\\{}[],',
  (c) => c.charCodeAt(0),
)

function findStringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end < 0 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++
  return slashes % 2 === 1
}

function unescapeName(raw: string): string {
  if (!raw.includes('\\')) return raw.slice(1, -1)
  try {
    return String(JSON.parse(raw))
  } catch {
    return raw
  }
}

import { type CodeList, findConcept } from '../code-lists/code-list.ts'
import type { Finding } from './finding.ts'
import { finding } from './finding-messages.ts'

const isUri = (value: string) => /^(?:https?:\/\/|urn:)/.test(value)

/** A value must be in a closed list; of an open list it may also be a URI that we do not know. */
export function checkCode(
  list: CodeList,
  value: string | undefined,
  ...path: readonly (string | number)[]
): Finding[] {
  if (value === undefined || findConcept(list, value)) return []
  return [finding(!list.isClosed && isUri(value) ? 'CODE_UNKNOWN_OPEN' : 'CODE_UNKNOWN', ...path)]
}

export const checkCodes = (
  list: CodeList,
  values: readonly string[] | undefined,
  ...path: readonly (string | number)[]
): Finding[] => (values ?? []).flatMap((value, index) => checkCode(list, value, ...path, index))

import { isObject } from '@mikromerit/credentials'
import Value from 'typebox/value'
import { childElements, rawText, type XmlElement } from '../../xml/element.ts'
import type { Report } from '../report.ts'
import type { MicroCredentialExtension } from './micro-credential-extension.ts'
import { readValue } from './read-value.ts'
import { viewSchema } from './schema-view.ts'
import { achievementEntries, awardEntries, type Entry, readNamespaces } from './vocabulary.ts'

/** Our extension among those that an element of ELMO holds. What does not have its form is reported and left out. */
export function readExtension(
  holder: XmlElement | undefined,
  report: Report,
): MicroCredentialExtension | undefined {
  const extension = childElements(holder).find(
    ({ name, namespace }) => name === 'microCredential' && readNamespaces.has(namespace),
  )
  if (!extension) return undefined
  const award = childElements(extension).find(({ name }) => name === 'award')
  const read = {
    achievement: readEntries(extension, achievementEntries, report),
    award: readEntries(award, awardEntries, report),
  }
  // Every member was checked against the schema from which its type is derived.
  return read as unknown as MicroCredentialExtension
}

function readEntries(parent: XmlElement | undefined, entries: readonly Entry[], report: Report) {
  const members = new Map<string, unknown>()
  for (const { name, path, schema } of entries) {
    const elements = childElements(parent).filter((child) => child.name === name)
    const [first] = elements
    if (!first) continue
    const value =
      name === 'volumeOfLearning' ? readHours(first) : readValue(elements, viewSchema(schema))
    if (Value.Check(schema, value)) setAt(members, path, value)
    else report('ELMO_EXTENSION_INVALID', first)
  }
  return Object.fromEntries(members)
}

/** Members lie at most one deep: `assessment.types`. */
function setAt(members: Map<string, unknown>, [outer, inner]: readonly string[], value: unknown) {
  if (outer === undefined) return
  const held = members.get(outer)
  members.set(
    outer,
    inner === undefined ? value : { ...(isObject(held) ? held : {}), [inner]: value },
  )
}

/** ISO 8601: hours, and minutes where somebody wrote them. Days would be a guess at how long one is. */
function readHours(element: XmlElement): number {
  const match = /^PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?$/.exec(rawText(element).trim())
  const [, hours, minutes] = match ?? []
  if (hours === undefined && minutes === undefined) return Number.NaN
  return Number(hours ?? 0) + Number(minutes ?? 0) / 60
}

import { type CodeList, findConcept, findConceptByLabel } from '../../code-lists/code-list.ts'
import { readEuCountry } from '../../code-lists/eu-authority.ts'
import { isObject } from '../../jose/json.ts'
import type { CodedValue, Party } from '../micro-credential.ts'
import { omitAbsent, omitEmpty } from '../omit-absent.ts'

export type Members = Readonly<Record<string, unknown>>

/**
 * Reads members of a document that strangers wrote: bare or in lists, in one language or many, each node written
 * out or told by its id alone (domain.md section 9). Takes what has the expected form, within bounds.
 */
export interface ElmReader {
  nodes(value: unknown): Members[]
  text(value: unknown): string | undefined
  texts(value: unknown): string[] | undefined
  /** A concept of this list, by id or label; else its id and its label as they stand. */
  coded(list: CodeList, value: unknown): CodedValue | undefined
  codedList(list: CodeList, value: unknown): CodedValue[] | undefined
  party(value: unknown): Party | undefined
  parties(value: unknown): Party[] | undefined
}

const maxText = 10_000
const maxElements = 50
const maxNodes = 5000
const maxDepth = 40

export function createElmReader(document: Members, tags: readonly string[]): ElmReader {
  const known = indexNodes(document)
  const resolve = (value: unknown): Members[] => {
    const id = typeof value === 'string' ? value : isObject(value) ? value.id : undefined
    const isReference = typeof value === 'string' || (isObject(value) && isBare(value))
    const found = isReference && typeof id === 'string' ? known.get(id) : undefined
    if (found) return [found]
    return isObject(value) ? [value] : []
  }
  const nodes = (value: unknown) => listElements(value).flatMap(resolve)
  const text = (value: unknown) => readText(value, tags)
  const coded = (list: CodeList, value: unknown) =>
    nodes(value)
      .map((node) => readConcept(node, list, text))
      .find((one) => one !== undefined) ?? readWord(value, list)
  const party = (value: unknown) => {
    const [node] = nodes(value)
    const id = typeof value === 'string' ? value : undefined
    return node ? readParty(node, { nodes, text }) : id ? { identifier: id } : undefined
  }
  return {
    nodes,
    text,
    texts: (value) => someOf(listElements(value).map(text)),
    coded,
    codedList: (list, value) => someOf(listElements(value).map((one) => coded(list, one))),
    party,
    parties: (value) => someOf(listElements(value).slice(0, 20).map(party)),
  }
}

const listElements = (value: unknown): unknown[] =>
  value === undefined || value === null
    ? []
    : (Array.isArray(value) ? value : [value]).slice(0, maxElements)

/** The elements there are; nothing, when there are none. */
export function someOf<T>(list: readonly (T | undefined)[]): T[] | undefined {
  const found = list.filter((element) => element !== undefined)
  return found.length > 0 ? found : undefined
}

const isBare = (node: Members): boolean =>
  Object.keys(node).every((name) => name === 'id' || name === 'type')

/** Each node that says more than its id, by its id; the first one, where a document says several things of it. */
function indexNodes(document: Members): ReadonlyMap<string, Members> {
  const known = new Map<string, Members>()
  const visit = (value: unknown, depth: number): void => {
    if (depth > maxDepth || known.size >= maxNodes) return
    if (Array.isArray(value)) for (const element of value) visit(element, depth + 1)
    if (!isObject(value)) return
    const { id } = value
    if (typeof id === 'string' && !known.has(id) && !isBare(value)) known.set(id, value)
    for (const member of Object.values(value)) visit(member, depth + 1)
  }
  visit(document, 0)
  return known
}

/** A text, plain or by language: `{"sv": "…"}`, `{"sv": ["…"]}`, in the first of the wanted languages there is. */
function readText(value: unknown, tags: readonly string[]): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.slice(0, maxText)
  if (Array.isArray(value)) {
    const texts = value.slice(0, maxElements).map((one) => readText(one, tags))
    return texts.find((text) => text !== undefined)
  }
  if (!isObject(value)) return undefined
  if (typeof value['@value'] === 'string') return readText(value['@value'], tags)
  const spoken = Object.keys(value).slice(0, maxElements)
  // A document in English may have its texts in `en-GB`.
  const inWanted = tags.flatMap((tag) => [
    ...spoken.filter((key) => key === tag),
    ...spoken.filter((key) => key.split('-', 1)[0] === tag),
  ])
  return [...inWanted, ...spoken]
    .filter((tag) => !isObject(value[tag]))
    .map((tag) => readText(value[tag], tags))
    .find((text) => text !== undefined)
}

function readConcept(
  node: Members,
  list: CodeList,
  text: (value: unknown) => string | undefined,
): CodedValue | undefined {
  const id = readText(node.id, [])
  const label = text(node.prefLabel)
  // An id that says nothing outside its document, `urn:epass:concept:…`, leaves the label to go by.
  const concept =
    (id && findConcept(list, id)) ||
    (label && !/^https?:/.test(id ?? '') ? findConceptByLabel(list, label) : undefined)
  if (concept) return { uri: concept.uri, label: concept.labels }
  return omitEmpty({ uri: id, text: label ?? text(node.notation) })
}

const readWord = (value: unknown, list: CodeList): CodedValue | undefined => {
  const word = readText(value, [])
  if (word === undefined || isObject(value)) return undefined
  const concept = findConcept(list, word) ?? findConceptByLabel(list, word)
  if (concept) return { uri: concept.uri, label: concept.labels }
  return /^(?:https?:\/\/|urn:)/.test(word) ? { uri: word } : { text: word }
}

/** An organisation, person or agent: its name, country and the identifier that says most outside the document. */
function readParty(node: Members, { nodes, text }: Pick<ElmReader, 'nodes' | 'text'>): Party {
  const id = readText(node.id, [])
  const [registration] = nodes(node.registration)
  const legal = [...nodes(node.eIDASIdentifier), ...(registration ? [registration] : [])]
  const countries = [
    ...nodes(node.location)
      .flatMap(({ address }) => nodes(address))
      .flatMap(({ countryCode }) => nodes(countryCode)),
    ...legal.flatMap(({ spatial }) => nodes(spatial)),
  ]
  const notations = [...legal, ...nodes(node.identifier)].map(({ notation }) => text(notation))
  return omitAbsent({
    name:
      text(node.legalName) ?? text(node.prefLabel) ?? text(node.altLabel) ?? text(node.fullName),
    country: countries
      .map(({ id }) => readEuCountry(readText(id, []) ?? ''))
      .find((code) => code !== undefined),
    identifier:
      id && /^(?:https?:|did:)/.test(id)
        ? id
        : (notations.find((notation) => notation !== undefined) ?? id),
  })
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contexts as w3cContexts } from '@digitalbazaar/credentials-context'
import jsonld from 'jsonld'
import { Parser, Store } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'
import { elmContextDocument } from '../src/formats/elm/context.ts'

type Document = Readonly<Record<string, unknown>>

/** Where the published schemas, shapes and samples lie, when they do. */
const published = join(import.meta.dirname, '../../../../shared/elm')
export const isPublishedHere = existsSync(published)
const readPublished = (file: string): string => readFileSync(join(published, file), 'utf8')
export const parsePublished = (file: string): Record<string, unknown> =>
  JSON.parse(readPublished(file))

export const contextUrl = 'https://issuer.example.se/contexts/elm-vc2/v1'
const europassContextUrl = 'http://data.europa.eu/snb/model/context/edc-ap'

type Contexts = ReadonlyMap<string, object>

/** The contexts of W3C and ours; every other one is refused, nothing is fetched. */
export const ownContexts: Contexts = new Map([
  ...w3cContexts,
  [contextUrl, JSON.parse(elmContextDocument)],
])

/** The same with the EU's own context, and the one derived of it in the place of ours. */
export const publishedContexts = (): Contexts =>
  new Map([
    ...w3cContexts,
    [contextUrl, parsePublished('context/elm-vc2-context.derived.jsonld')],
    [europassContextUrl, parsePublished('context/edc-ap-context.jsonld')],
  ])

/** The graph a document means, in canonical form: two documents that say the same have the same. */
export function canonicalGraph(document: Document, contexts: Contexts = ownContexts) {
  const documentLoader = async (documentUrl: string) => {
    const context = contexts.get(documentUrl)
    if (!context) throw new Error(`not pinned: ${documentUrl}`)
    return { documentUrl, document: context }
  }
  // Safe mode stops at any member the contexts do not define; the published types do not know it.
  const options = {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    documentLoader,
    safe: true,
  } as unknown as Parameters<typeof jsonld.canonize>[1]
  return jsonld.canonize({ ...document }, options)
}

/** A check of documents against shapes. They import each other by address: they are given together instead. */
export function readShapes(...files: readonly string[]) {
  const shapes = files
    .flatMap((file) => new Parser().parse(readPublished(file)))
    .filter(({ predicate }) => predicate.value !== 'http://www.w3.org/2002/07/owl#imports')
  const validator = new SHACLValidator(new Store(shapes))
  /** `property constraint` of each fault found. */
  return async (document: Document, contexts?: Contexts): Promise<string[]> => {
    const graph = new Store(new Parser().parse(await canonicalGraph(document, contexts)))
    const { results } = await validator.validate(graph)
    return results.map(({ path, sourceConstraintComponent }) =>
      [path, sourceConstraintComponent].map(readName).join(' '),
    )
  }
}

const readName = (term: object | null | undefined): string =>
  term && 'value' in term ? String(term.value).replace(/^.*[/#]/, '') : '?'

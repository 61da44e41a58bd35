import { isObject, parseJson } from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'
import type { WalletContext } from '../context.ts'
import { type Definition, readDefinition } from './fetch-definition.ts'

export interface ListedDefinitions {
  readonly definitions: readonly Definition[]
  /** Whether the catalogue has more than was looked at. */
  readonly hasMore: boolean
}

const pageSize = 20
const maxPages = 5
const maxPageBytes = 2 * 1_048_576

/**
 * The first hundred definitions of a catalogue, page by page. What is no definition in it is passed over.
 * Throws `definition-unreachable` or `definition-invalid`.
 */
export async function listDefinitions(
  context: WalletContext,
  catalogue: string,
): Promise<ListedDefinitions> {
  const definitions: Definition[] = []
  let cursor: string | undefined
  for (let page = 0; page < maxPages; page += 1) {
    const { items, nextCursor } = await fetchPage(context, catalogue, cursor)
    definitions.push(...items.flatMap((item) => readDefinition(item) ?? []))
    if (nextCursor === undefined) return { definitions, hasMore: false }
    cursor = nextCursor
  }
  return { definitions, hasMore: true }
}

async function fetchPage(context: WalletContext, catalogue: string, cursor: string | undefined) {
  const url = URL.parse(catalogue)
  url?.searchParams.set('limit', String(pageSize))
  if (cursor !== undefined) url?.searchParams.set('cursor', cursor)
  const answer = await context.outbound.getText(url?.href ?? '', {
    accept: 'application/json',
    maxBytes: maxPageBytes,
  })
  if (!answer.ok) {
    const isOutage =
      answer.code === 'timeout' || answer.code === 'unreachable' || (answer.status ?? 0) >= 500
    throw new Problem(isOutage ? 'definition-unreachable' : 'definition-invalid')
  }
  const parsed = parseJson(answer.value.body, { depth: 32, members: 100_000 })
  const { items, nextCursor } = parsed.ok && isObject(parsed.value) ? parsed.value : {}
  if (!Array.isArray(items))
    throw new Problem('definition-invalid', { detail: 'The address is not that of a catalogue.' })
  const listed: unknown[] = items.slice(0, pageSize)
  return { items: listed, nextCursor: typeof nextCursor === 'string' ? nextCursor : undefined }
}

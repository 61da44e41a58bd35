import { parseJsonObject } from '@mikromerit/credentials'
import {
  type Clock,
  createDocumentCache,
  type DocumentCache,
  type Outbound,
} from '@mikromerit/service-kit'

export type IssuerDocumentCache = DocumentCache<Record<string, unknown>>

/** Metadata and key sets that issuers publish at their own addresses, fetched once and kept while they are fresh. */
export const createIssuerDocuments = ({
  outbound,
  clock,
}: {
  readonly outbound: Pick<Outbound, 'getText'>
  readonly clock: Clock
}): IssuerDocumentCache =>
  createDocumentCache({
    outbound,
    clock,
    request: {
      accept: 'application/json',
      mediaTypes: ['application/json', '+json'],
      maxBytes: 65_536,
    },
    parse: ({ body }) => {
      const parsed = parseJsonObject(body)
      return parsed.ok ? parsed.value : undefined
    },
  })

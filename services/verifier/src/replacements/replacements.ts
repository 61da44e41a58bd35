import {
  accept,
  type FetchedReplacement,
  metadataUrl,
  parseJsonObject,
  refuse,
} from '@mikromerit/credentials'
import {
  type Clock,
  createDocumentCache,
  type Outbound,
  type OutboundResult,
} from '@mikromerit/service-kit'

/** What issuers say of credentials they have replaced. */
export interface Replacements {
  fetch(query: {
    readonly issuer: string
    readonly credentialId: string
  }): Promise<FetchedReplacement>
}

const unreachable = refuse('unreachable', 'The issuer cannot be asked.')
const uuid = /^(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/**
 * Asks an issuer, at the endpoint its own metadata names and on its own host alone, whether it has replaced a credential.
 * Statements are fetched each time, since they are asked for seldom; metadata is kept.
 */
export function createReplacements({
  outbound,
  clock,
}: {
  readonly outbound: Pick<Outbound, 'getText'>
  readonly clock: Clock
}): Replacements {
  const metadata = createDocumentCache<Record<string, unknown>>({
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
  return {
    fetch: async ({ issuer, credentialId }) => {
      const [, id] = uuid.exec(credentialId) ?? []
      const url = metadataUrl(issuer)
      if (id === undefined || url === undefined) return accept(undefined)
      const found = await metadata.get(url)
      if (!found.ok) return found.status === 404 ? accept(undefined) : unreachable
      const endpoint = readEndpoint(found.value, issuer)
      if (endpoint === undefined) return accept(undefined)
      const answer = await outbound.getText(`${endpoint}/${id.toLowerCase()}`, {
        accept: 'application/replacement+jwt',
        maxBytes: 65_536,
      })
      return readAnswer(answer)
    },
  }
}

/** Issuers that do not say where they answer do not answer. */
function readEndpoint(
  { issuer: named, replacement_endpoint: endpoint }: Record<string, unknown>,
  issuer: string,
): string | undefined {
  const url = typeof endpoint === 'string' ? URL.parse(endpoint) : null
  if (named !== issuer || !url || url.search !== '' || url.hash !== '') return undefined
  return url.origin === URL.parse(issuer)?.origin ? url.href.replace(/\/$/, '') : undefined
}

function readAnswer(answer: OutboundResult<{ readonly body: string }>): FetchedReplacement {
  if (answer.ok) return accept(answer.value.body.trim())
  return answer.status === 404 ? accept(undefined) : unreachable
}

import { type FastifyInstance, fastify } from 'fastify'

/** Where the reader answers: its page, and the script that draws it. */
export const readerPaths = ['/docs', '/docs/', '/docs/js/scalar.js'] as const

export interface ReaderAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/**
 * The page on which an API document is read and tried. It is made when somebody first asks for it: its script
 * has five megabytes, which would slow down every start and stay in the memory of every process.
 */
export function createDocumentReader(
  documentPath: string,
): (path: string) => Promise<ReaderAnswer> {
  let reader: Promise<FastifyInstance> | undefined
  return async (path) => {
    reader ??= openReader(documentPath)
    const { statusCode: status, headers, rawPayload: body } = await (await reader).inject(path)
    const { 'content-type': type, location } = headers
    return {
      status,
      headers: { ...(type && { 'content-type': type }), ...(location && { location }) },
      body,
    }
  }
}

/** A server of its own that listens nowhere. */
async function openReader(url: string): Promise<FastifyInstance> {
  const { default: apiReference } = await import('@scalar/fastify-api-reference')
  const reader = fastify()
  await reader.register(apiReference, {
    routePrefix: '/docs',
    configuration: {
      url,
      withDefaultFonts: false,
      telemetry: false,
      // Nothing that would send the document, or a token typed in beside it, to somebody else's service.
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
      hideClientButton: true,
    },
  })
  await reader.ready()
  return reader
}

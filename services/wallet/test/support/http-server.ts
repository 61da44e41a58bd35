import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ServedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Answer {
  readonly status?: number
  readonly type?: string
  readonly body?: string | object
  readonly headers?: Record<string, string>
}

export interface TestServer {
  readonly origin: string
  readonly requests: ServedRequest[]
  close(): Promise<void>
}

export const notFound: Answer = { status: 404, body: {} }

/** A real server on this machine that remembers what it was asked. */
export async function serve(
  handle: (request: ServedRequest) => Answer | Promise<Answer>,
): Promise<TestServer> {
  const requests: ServedRequest[] = []
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const request: ServedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
    }
    requests.push(request)
    const answer = await Promise.resolve(handle(request)).catch(
      (error: unknown): Answer => ({ status: 500, body: { error: String(error) } }),
    )
    outgoing.writeHead(answer.status ?? 200, {
      'content-type': answer.type ?? 'application/json',
      ...answer.headers,
    })
    outgoing.end(typeof answer.body === 'object' ? JSON.stringify(answer.body) : answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other kind of address
  return {
    origin: `http://localhost:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

import { createServer, type ServerResponse } from 'node:http'

export type Documents = Readonly<Record<string, unknown>>

export interface FakeService {
  readonly url: string
  /** What is answered, by path; anything else is 404. Changes count from the next request on. */
  documents: Documents
  close(): Promise<void>
}

/** An HTTP server for tests that answers documents, with headers as asked for. */
export async function startFakeService(
  headers: Readonly<Record<string, string>> = {},
): Promise<FakeService> {
  const send = (response: ServerResponse, document: unknown) => {
    response.writeHead(document === undefined ? 404 : 200, {
      'content-type': 'application/json',
      ...headers,
    })
    response.end(JSON.stringify(document ?? {}))
  }
  const server = createServer((request, response) => {
    send(response, service.documents[request.url ?? ''])
  })
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const service: FakeService = {
    url: `http://localhost:${port}`,
    documents: {},
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
  return service
}

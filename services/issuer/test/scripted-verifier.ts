import { createServer, type IncomingMessage } from 'node:http'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

interface Reply {
  readonly status: number
  readonly body: unknown
}

/** A verifier, or a token endpoint, that answers what a test says: for what a real one does not do on demand. */
export interface ScriptedServer {
  readonly url: string
  readonly received: Received[]
  /** What it answers, until told otherwise; nothing: the connection is closed. */
  reply: (request: Received) => Reply | undefined
  close(): Promise<void>
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const received: Received[] = []
  const server = createServer((message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => {
      const { method = '', url = '', headers } = message
      const request = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') }
      received.push(request)
      const reply = scripted.reply(request)
      if (!reply) return void message.socket.destroy()
      response.writeHead(reply.status, { 'content-type': 'application/json' })
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on a port')
  const scripted: ScriptedServer = {
    url: `http://127.0.0.1:${address.port}`,
    received,
    reply: () => undefined,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return scripted
}

import { Client } from 'undici'

export interface Answer {
  readonly status: number
  readonly body: string
}

export interface Message {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** One keep-alive connection, as one user of a service has it: one request at a time. */
export interface Connection {
  send(message: Message): Promise<Answer>
  close(): Promise<void>
}

/** Sends through the client's lowest level: the driver shares the machine with what it measures. */
export function openConnection(origin: string): Connection {
  const client = new Client(origin)
  return {
    send: ({ method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const chunks: Buffer[] = []
        let status = 0
        client.dispatch(
          { method, path, headers, body: body ?? null },
          {
            onRequestStart: () => undefined,
            onResponseStart: (_controller, statusCode) => {
              status = statusCode
            },
            onResponseData: (_controller, chunk) => {
              chunks.push(chunk)
            },
            onResponseEnd: () => resolve({ status, body: joinText(chunks) }),
            onResponseError: (_controller, error) => reject(error),
          },
        )
      }),
    close: () => client.close(),
  }
}

const joinText = (chunks: readonly Buffer[]): string =>
  (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString()

/** The answer's JSON, when it has the status that belongs to success. */
export function readJson(
  { status, body }: Answer,
  expected: number,
  step: string,
): Record<string, unknown> {
  if (status !== expected) throw new Error(`${step} was answered with ${status}: ${body}`)
  // JSON objects at every step; what they hold is checked where it is used.
  return JSON.parse(body) as Record<string, unknown>
}

/** A member that must be a text. */
export function readText(object: Readonly<Record<string, unknown>>, name: string): string {
  const value = object[name]
  if (typeof value !== 'string') throw new Error(`The answer has no text ${name}.`)
  return value
}

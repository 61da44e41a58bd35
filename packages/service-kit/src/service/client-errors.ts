import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { kitProblems } from '../problems/kit-problems.ts'

const codes: Readonly<Record<string, keyof typeof kitProblems>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
}

/** Answers what Node.js could not read as a request, so that no Fastify hook ever sees it; then hangs up. */
export const createClientErrorHandler =
  (publicUrl: string) =>
  (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    if (socket.writable) socket.write(writeAnswer(publicUrl, error.code ?? ''))
    socket.destroy(error)
  }

function writeAnswer(publicUrl: string, errorCode: string): string {
  const code = codes[errorCode] ?? 'malformed-request'
  const { status, title, remedy } = kitProblems[code]
  const instance = randomUUID()
  const type = `${publicUrl}/problems/${code}`
  const body = JSON.stringify({ type, title, status, instance, remedy })
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

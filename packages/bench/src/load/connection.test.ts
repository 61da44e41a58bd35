import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connection, openConnection, readJson, readText } from './connection.ts'

const sockets = new Set<unknown>()
const server = createServer((request, response) => {
  sockets.add(request.socket)
  response.statusCode = request.url === '/made' ? 201 : 200
  request.setEncoding('utf8')
  let body = ''
  request.on('data', (chunk: string) => {
    body += chunk
  })
  request.on('end', () => {
    response.write('{"echo":')
    response.end(`${JSON.stringify(body)}}`)
  })
})
let connection: Connection

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  connection = openConnection(`http://127.0.0.1:${port}`)
})
afterAll(async () => {
  await connection.close()
  server.close()
})

describe('openConnection', () => {
  it('sends and reads whole bodies, over one connection', async () => {
    for (const body of ['räksmörgås', 'x'.repeat(100_000)]) {
      const answer = await connection.send({ method: 'POST', path: '/made', headers: {}, body })
      expect(readJson(answer, 201, 'sending')).toEqual({ echo: body })
    }
    const answer = await connection.send({ method: 'GET', path: '/', headers: {} })
    expect(readJson(answer, 200, 'asking')).toEqual({ echo: '' })
    expect(sockets.size).toBe(1)
  })

  it('fails when nobody answers', async () => {
    const nobody = openConnection('http://127.0.0.1:1')
    await expect(nobody.send({ method: 'GET', path: '/', headers: {} })).rejects.toThrow()
    await nobody.close()
  })
})

describe('reading an answer', () => {
  it('refuses another status than the step should have', () => {
    const answer = { status: 503, body: '{}' }
    expect(() => readJson(answer, 200, 'Fetching the offer')).toThrow(
      'Fetching the offer was answered with 503',
    )
  })

  it('refuses a member that is no text', () => {
    expect(readText({ id: 'a' }, 'id')).toBe('a')
    expect(() => readText({ id: 7 }, 'id')).toThrow('id')
  })
})

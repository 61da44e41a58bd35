import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'

const logOf = (write: (logger: ReturnType<typeof createLogger>) => void) => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  write(createLogger({ service: 'things', level: 'debug', destination }))
  return lines.join('')
}

const secret = 'Planteradsson eyJhbGciOi hemlig-nyckel'

describe('createLogger', () => {
  it('writes the kind and place of an error, and never its message', () => {
    const cause = Object.assign(new TypeError(secret), { code: 'E_CAUSE', detail: secret })
    const error = Object.assign(new Error(secret, { cause }), { code: 'E_OUTER', query: secret })
    for (const member of ['err', 'error']) {
      const line = logOf((logger) => logger.error({ [member]: error }, 'request failed'))
      expect(line).not.toContain('Planteradsson')
      expect(JSON.parse(line)[member]).toMatchObject({
        type: 'Error',
        code: 'E_OUTER',
        frames: expect.arrayContaining([expect.stringContaining('at ')]),
        cause: { type: 'TypeError', code: 'E_CAUSE' },
      })
    }
  })

  it('keeps a message of several lines out of the frames', () => {
    const error = new Error(`first\n    at ${secret} (/etc/${secret}:1:1)`)
    const line = logOf((logger) => logger.error({ err: error }, 'request failed'))
    expect(line).not.toContain('Planteradsson')
  })

  it('writes nothing of what is thrown and is no error', () => {
    const line = logOf((logger) => logger.error({ err: secret }, 'request failed'))
    expect(JSON.parse(line).err).toEqual({ type: 'string' })
  })

  it('writes nothing of requests and answers', () => {
    const request = { url: `/offers/${secret}`, headers: { authorization: secret } }
    const line = logOf((logger) => logger.info({ req: request, res: request }, 'request'))
    expect(line).not.toContain('Planteradsson')
  })

  it('follows causes to an end', () => {
    const error = new Error('a')
    error.cause = error
    expect(() => logOf((logger) => logger.error({ err: error }, 'request failed'))).not.toThrow()
  })
})

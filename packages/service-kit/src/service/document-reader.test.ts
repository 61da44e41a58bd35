import { describe, expect, it } from 'vitest'
import { createDocumentReader } from './document-reader.ts'

describe('the reader of the API document', () => {
  const read = createDocumentReader('/openapi.json')

  it('sends whoever asks without a slash to where relative addresses lead right', async () => {
    expect(await read('/docs')).toMatchObject({ status: 301, headers: { location: '/docs/' } })
  })

  it('shows the document of this service, with a script from here', async () => {
    const { status, headers, body } = await read('/docs/')
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(body.toString()).toContain('/openapi.json')
    expect(body.toString()).toContain('src="js/scalar.js"')
    expect(body.toString()).not.toMatch(/src="(https?:)?\/\//)
  })

  it('serves its script whole', async () => {
    const { status, headers, body } = await read('/docs/js/scalar.js')
    expect([status, headers['content-type']]).toEqual([
      200,
      'application/javascript; charset=utf-8',
    ])
    expect(body.length).toBeGreaterThan(1_000_000)
  })
})

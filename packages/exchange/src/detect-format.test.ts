import { describe, expect, it } from 'vitest'
import { aWorkbook } from '../test/workbooks.ts'
import { detectFormat } from './detect-format.ts'

describe('detectFormat', () => {
  it.each([
    ['xlsx', aWorkbook({ rows: '' })],
    ['xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['json', Buffer.from(' \n[{}]')],
    ['json', Buffer.from('\ufeff{}')],
    ['elmo', Buffer.from('<?xml version="1.0"?><elmo/>')],
    ['elmo', Buffer.from('\ufeff<elmo/>', 'utf16le')],
    ['csv', Buffer.from('Efternamn;Tilldelad')],
    ['csv', new Uint8Array()],
  ])('knows %s by how it begins', (format, bytes) => {
    expect(detectFormat(bytes)).toBe(format)
  })
})

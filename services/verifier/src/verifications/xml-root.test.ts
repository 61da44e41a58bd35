import { describe, expect, it } from 'vitest'
import { rootElementOf } from './xml-root.ts'

describe('the root element of a file', () => {
  it.for<[string, string | undefined]>([
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'svg'],
    ['<?xml version="1.0"?>\n<!-- a > b --><?x y?><svg:svg>', 'svg'],
    ['<!DOCTYPE html><html lang="sv">', 'html'],
    ['<elmo>', 'elmo'],
    ['<!-- never closed', ''],
    [`<!--${' '.repeat(10_000)}--><svg>`, ''],
    ['{"a":"<svg>"}', undefined],
    ['', undefined],
    ['<', undefined],
  ])('of %s is %s', ([text, root]) => {
    expect(rootElementOf(Buffer.from(text))).toBe(root)
  })

  it('is found in UTF-8 with a byte order mark and in UTF-16', () => {
    expect(rootElementOf(Buffer.from('\ufeff<elmo/>'))).toBe('elmo')
    expect(rootElementOf(Buffer.from('\ufeff<elmo/>', 'utf16le'))).toBe('elmo')
  })
})

import { describe, expect, it } from 'vitest'
import { parseXml } from '../xml/parse-xml.ts'
import { isSameContent } from './same-content.ts'

const isSame = (one: string, other: string) => {
  const [first, second] = [parseXml(one), parseXml(other)]
  if (!first.ok || !second.ok) throw new Error('not XML')
  return isSameContent(first.value, second.value)
}

describe('isSameContent', () => {
  it.each([
    ['prefixes', '<a xmlns="u" b="1"/>', '<x:a xmlns:x="u" b="1"></x:a>'],
    ['character data sections and comments', '<a>x<!-- y --> &lt;z</a>', '<a>x <![CDATA[<]]>z</a>'],
    ['the order of attributes', '<a b="1" c="2"/>', '<a c="2" b="1"/>'],
  ])('does not mind %s', (_, one, other) => {
    expect(isSame(one, other)).toBe(true)
  })

  it.each([
    ['a name', '<a/>', '<b/>'],
    ['a namespace', '<a xmlns="u"/>', '<a xmlns="v"/>'],
    ['an attribute', '<a b="1"/>', '<a b="2"/>'],
    ['an attribute more', '<a/>', '<a b="1"/>'],
    ['a text', '<a><b>1</b></a>', '<a><b>2</b></a>'],
    ['white space', '<a> <b/></a>', '<a><b/></a>'],
    ['an element more', '<a><b/></a>', '<a><b/><b/></a>'],
    ['where a text stands', '<a>1<b/></a>', '<a><b/>1</a>'],
  ])('tells by %s', (_, one, other) => {
    expect(isSame(one, other)).toBe(false)
  })
})

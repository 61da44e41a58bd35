import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson, parseJsonObject } from './json.ts'

const codeOf = (text: string, limits?: Parameters<typeof parseJson>[1]) => {
  const parsed = parseJson(text, limits)
  return parsed.ok ? 'ok' : parsed.code
}

describe('parseJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value)
        expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
        expect(parseJson(JSON.stringify(value, null, 2))).toMatchObject({ ok: true })
      }),
    )
  })

  it('reads nothing that JSON.parse does not read', () => {
    const fragments = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '"a"',
      '1',
      ' ',
      'null',
    )
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        const parsed = parseJson(text)
        if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(text))
        else if (parsed.code === 'json_malformed') expect(() => JSON.parse(text)).toThrow()
      }),
      { numRuns: 2000 },
    )
  })

  it.for([
    ['at the top', '{"a":1,"a":2}'],
    ['deep inside', '{"x":[1,{"a":{"b":1,"c":{},"b":2}}]}'],
    ['however they are escaped', '{"vct":1,"\\u0076ct":2}'],
    ['with an escaped quote in them', '{"a\\"b":1,"a\\u0022b":2}'],
    ['when the value between is a text with braces', '{"a":"},{\\\\","a":2}'],
    ['called __proto__', '{"__proto__":1,"__proto__":2}'],
  ])('refuses the same member name twice, %s (F-15)', ([, text = '']) => {
    expect(codeOf(text)).toBe('json_duplicate_name')
  })

  it.for([
    '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}',
    '{"a":"a","b":"a","c":["a","a"]}',
    '{"a":"\\\\","b":"\\"a\\":","c":1}',
  ])('allows the same name in different objects, and as a value: %s', (text) => {
    expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
  })

  it('keeps __proto__ and constructor as plain data (F-14)', () => {
    const parsed = parseJsonObject('{"__proto__":{"admin":true},"constructor":1}')
    if (!parsed.ok) throw new Error(parsed.code)
    expect(Object.getPrototypeOf(parsed.value)).toBe(Object.prototype)
    expect(Object.keys(parsed.value)).toEqual(['__proto__', 'constructor'])
    expect('admin' in parsed.value).toBe(false)
  })

  it('refuses more than 16 levels before it builds anything (S-11)', () => {
    expect(codeOf(`${'['.repeat(16)}${']'.repeat(16)}`)).toBe('ok')
    expect(codeOf(`${'['.repeat(17)}${']'.repeat(17)}`)).toBe('json_too_deep')
    expect(codeOf('{"a":'.repeat(100_000))).toBe('json_too_deep')
    expect(codeOf('[[[]]]', { depth: 2 })).toBe('json_too_deep')
  })

  it('refuses more than 10,000 members and elements together (S-11)', () => {
    expect(codeOf(JSON.stringify(Array(9_999).fill(0)))).toBe('ok')
    expect(codeOf(JSON.stringify(Array(10_001).fill(0)))).toBe('json_too_large')
    expect(codeOf(JSON.stringify(Array(200).fill(Array(60).fill(0))))).toBe('json_too_large')
    expect(codeOf(JSON.stringify(Array(10_001).fill([])))).toBe('json_too_large')
    expect(codeOf('[1,2,3,4]', { members: 3 })).toBe('json_too_large')
  })

  it.for([
    '',
    '{',
    '{"a":1,}',
    "{'a':1}",
    '{"a":01}',
    'NaN',
    '\uFEFF{}',
    '{}{}',
    '"unended',
    '"\\"',
  ])('refuses what is no JSON: %j', (text) => {
    expect(codeOf(text)).toBe('json_malformed')
  })

  it('answers in time for a text made of backslashes and quotes', () => {
    const started = performance.now()
    codeOf(`"${'\\'.repeat(200_000)}"`)
    codeOf(`["${'\\"'.repeat(100_000)}"]`)
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('demands an object where one is due', () => {
    for (const text of ['[]', 'null', '"a"', '1'])
      expect(parseJsonObject(text)).toMatchObject({ ok: false, code: 'json_malformed' })
  })
})

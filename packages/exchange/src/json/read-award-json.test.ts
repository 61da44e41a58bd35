import { awardExample } from '@mikromerit/credentials'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { achievementId, anImportContext, collect, rowsAmong } from '../../test/import-context.ts'
import { readAwardJson } from './read-award-json.ts'
import { jsonLimits, splitJson } from './split-json.ts'

const award = { learner: { familyName: 'Öst', givenName: 'Åsa' }, awardedOn: '2026-06-05' }

const read = (text: string, limits = {}) =>
  collect(readAwardJson(Buffer.from(text), anImportContext(), limits))

const findingsOf = async (value: unknown) => {
  const [row] = rowsAmong(await read(JSON.stringify([value])))
  expect(row?.draft === undefined).toBe(row?.findings.some(({ severity }) => severity === 'error'))
  return row?.findings.map(({ code, field }) => `${code} ${field ?? ''}`)
}

describe('readAwardJson', () => {
  it.each([
    ['an array', JSON.stringify([award, awardExample])],
    ['an array over several lines', JSON.stringify([award, awardExample], undefined, 2)],
    ['one award per line', `${JSON.stringify(award)}\n\n${JSON.stringify(awardExample)}\n`],
    [
      'one award per line, with a byte order mark',
      `\ufeff${JSON.stringify(award)}\r\n${JSON.stringify(awardExample)}`,
    ],
  ])('reads %s', async (_, text) => {
    expect(rowsAmong(await read(text))).toMatchObject([
      { row: 1, findings: [], draft: { ...award, achievementId } },
      { row: 2, findings: [], draft: awardExample },
    ])
  })

  it('says on which line an award begins', async () => {
    const rows = rowsAmong(await read('[\n{},\n\n{\n},{}]'))
    expect(rows.map(({ row, line }) => [row, line])).toEqual([
      [1, 2],
      [2, 4],
      [3, 5],
    ])
    const lines = rowsAmong(await read('\n{}\n\n{}\n'))
    expect(lines.map(({ row, line }) => [row, line])).toEqual([
      [1, 2],
      [2, 4],
    ])
  })

  it.each<[string, unknown, string[]]>([
    ['nothing', {}, ['VALUE_MISSING /learner', 'VALUE_MISSING /awardedOn']],
    ['no name', { ...award, learner: {} }, ['NAME_MISSING /learner/familyName']],
    ['an unknown member', { ...award, planted: 1 }, ['VALUE_UNKNOWN ']],
    ['a number for a text', { ...award, awardedOn: 20260605 }, ['VALUE_INVALID /awardedOn']],
    ['no such day', { ...award, awardedOn: '2026-02-30' }, ['DATE_INVALID /awardedOn']],
    [
      'too long a name',
      { ...award, learner: { familyName: 'x'.repeat(201) } },
      ['VALUE_TOO_LONG /learner/familyName'],
    ],
    [
      'another definition',
      { ...award, achievementId: 'x' },
      ['ACHIEVEMENT_UNKNOWN /achievementId'],
    ],
    [
      'a definition that is no text',
      { ...award, achievementId: 1 },
      ['ACHIEVEMENT_UNKNOWN /achievementId'],
    ],
    ['a text in its place', 'x', ['VALUE_INVALID ']],
    ['null in its place', null, ['VALUE_INVALID ']],
    [
      'a grade that does not pass',
      { ...award, result: { grade: 'U' } },
      ['GRADE_NOT_PASSING /result/grade'],
    ],
  ])('says what is wrong with %s', async (_, value, findings) => {
    expect(await findingsOf(value)).toEqual(findings)
  })

  it('goes on after an award that is not JSON', async () => {
    const good = JSON.stringify(award)
    for (const text of [`${good}\n{"a":}\n${good}`, `[${good},{"a":},${good}]`]) {
      expect(rowsAmong(await read(text))).toMatchObject([
        { draft: {} },
        { findings: [{ code: 'JSON_MALFORMED', row: 2 }] },
        { draft: {} },
      ])
    }
  })

  it('takes a member named like a part of JavaScript for what it is: unknown', async () => {
    const text = `[{"__proto__":{"planted":true},${JSON.stringify(award).slice(1)}]`
    const [row] = rowsAmong(await read(text))
    expect(row?.findings).toMatchObject([{ code: 'VALUE_UNKNOWN' }])
    expect(Object.hasOwn(Object.prototype, 'planted')).toBe(false)
  })

  it('refuses the same name twice in an object, and endless nesting', async () => {
    const codes = rowsAmong(await read(`[{"a":1,"a":2},${'['.repeat(1000)}${']'.repeat(1000)}]`))
    expect(codes).toMatchObject([
      { findings: [{ code: 'JSON_MALFORMED' }] },
      { findings: [{ code: 'JSON_TOO_DEEP' }] },
    ])
  })

  it.each([
    ['an array without end', '[{},', 'JSON_MALFORMED'],
    ['a lost element', '[{},,{}]', 'JSON_MALFORMED'],
    ['a comma behind the last', '[{},]', 'JSON_MALFORMED'],
    ['something behind the array', '[{}] x', 'JSON_MALFORMED'],
    ['an empty array', '[ ]', 'IMPORT_EMPTY'],
    ['nothing', ' \n', 'IMPORT_EMPTY'],
  ])('fails on %s', async (_, text, code) => {
    expect((await read(text)).at(-1)).toMatchObject({ kind: 'failed', finding: { code } })
  })

  it('stops at its limits', async () => {
    const fail = (code: string) => ({ kind: 'failed', finding: { code } })
    expect((await read(`["${'x'.repeat(2000)}"]`, { rowLength: 1000 })).at(-1)).toMatchObject(
      fail('IMPORT_ROW_TOO_LONG'),
    )
    expect((await read(`"${'x'.repeat(2000)}`, { rowLength: 1000 })).at(-1)).toMatchObject(
      fail('IMPORT_ROW_TOO_LONG'),
    )
    expect((await read('[1,2,3]', { rows: 2 })).at(-1)).toMatchObject(fail('IMPORT_TOO_MANY_ROWS'))
    expect((await read(`[${' '.repeat(2000)}`, { rowLength: 1000 })).at(-1)).toMatchObject(
      fail('IMPORT_ROW_TOO_LONG'),
    )
    expect((await read('[1,2,3]', { bytes: 3 })).at(-1)).toMatchObject(fail('IMPORT_TOO_LARGE'))
  })

  it('never throws, whatever the text', async () => {
    const pieces = fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', '\n', ':', '1', 'null')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string())), async (texts) => {
        return (await read(texts.join(''))).length > 0
      }),
    )
  })
})

describe('splitJson', () => {
  it('finds the elements of every array, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { minLength: 1 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(undefined, 2),
        async (values, size, indent) => {
          const text = JSON.stringify(values, undefined, indent)
          const found: unknown[] = []
          for await (const piece of splitJson(cut(text, size), jsonLimits))
            found.push(JSON.parse(piece.text))
          return JSON.stringify(found) === JSON.stringify(values)
        },
      ),
    )
  })
})

async function* cut(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

import { describe, expect, it } from 'vitest'
import { chooseCredentials, isRequired, isSatisfiable } from './choose-credentials.ts'
import type { DcqlCredentialSet, DcqlQueryObject } from './dcql-types.ts'

const dcql = (ids: string[], sets?: DcqlCredentialSet[]): DcqlQueryObject => ({
  credentials: ids.map((id) => ({ id, format: 'dc+sd-jwt', vct_values: ['v'] })),
  ...(sets ? { credential_sets: sets } : {}),
})
const candidates = (entries: Record<string, string[]>) => new Map(Object.entries(entries))
const required = (...options: string[][]): DcqlCredentialSet => ({ options, required: true })
const optional = (...options: string[][]): DcqlCredentialSet => ({ options, required: false })

describe('chooseCredentials', () => {
  it('answers every query with its first candidate, or the one selected', () => {
    const choice = chooseCredentials(dcql(['a', 'b']), candidates({ a: ['1', '2'], b: ['3'] }), {
      a: '2',
    })
    expect(choice).toEqual({
      ok: true,
      chosen: new Map([
        ['a', ['2']],
        ['b', ['3']],
      ]),
    })
  })

  it('prefers what can be shown in part where the verifier takes either, unless told', () => {
    const query: DcqlQueryObject = {
      credentials: [
        { id: 'whole', format: 'vc+jwt', vct_values: [] },
        { id: 'part', format: 'dc+sd-jwt', vct_values: ['v'] },
      ],
      credential_sets: [required(['whole'], ['part'])],
    }
    const both = candidates({ whole: ['1'], part: ['2'] })
    expect(chooseCredentials(query, both, {})).toMatchObject({ chosen: new Map([['part', ['2']]]) })
    expect(chooseCredentials(query, both, { whole: '1' })).toMatchObject({
      chosen: new Map([['whole', ['1']]]),
    })
    const one = candidates({ whole: ['1'], part: [] })
    expect(chooseCredentials(query, one, {})).toMatchObject({ chosen: new Map([['whole', ['1']]]) })
  })

  it('answers nothing when one query cannot be met (W-33)', () => {
    expect(chooseCredentials(dcql(['a', 'b']), candidates({ a: ['1'], b: [] }), {})).toEqual({
      ok: false,
      code: 'presentation-unsatisfiable',
    })
  })

  it('takes the first option of a required set that can be met', () => {
    const query = dcql(['a', 'b', 'c'], [required(['a', 'b'], ['c'])])
    expect(chooseCredentials(query, candidates({ a: ['1'], c: ['3'] }), {})).toEqual({
      ok: true,
      chosen: new Map([['c', ['3']]]),
    })
  })

  it('takes the option that the holder selected for', () => {
    const query = dcql(['a', 'b'], [required(['a'], ['b'])])
    expect(chooseCredentials(query, candidates({ a: ['1'], b: ['2'] }), { b: '2' })).toEqual({
      ok: true,
      chosen: new Map([['b', ['2']]]),
    })
  })

  it('leaves optional sets out unless the holder selected for them', () => {
    const query = dcql(['a', 'b'], [required(['a']), optional(['b'])])
    const all = candidates({ a: ['1'], b: ['2'] })
    expect(chooseCredentials(query, all, {})).toMatchObject({ chosen: new Map([['a', ['1']]]) })
    expect(chooseCredentials(query, all, { b: '2' })).toMatchObject({
      chosen: new Map([
        ['a', ['1']],
        ['b', ['2']],
      ]),
    })
  })

  it.each([
    ['an unknown query', { x: '1' }],
    ['a credential that is no candidate', { a: '9' }],
    ['an inherited name', { constructor: '1' }],
  ])('refuses a selection with %s', (_name, selection) => {
    expect(chooseCredentials(dcql(['a']), candidates({ a: ['1'] }), selection)).toEqual({
      ok: false,
      code: 'selection-invalid',
    })
  })

  it('shows several for one query only when the query takes several', () => {
    const all = candidates({ a: ['1', '2', '3'] })
    const { credentials } = dcql(['a'])
    const multiple = { credentials: credentials.map((query) => ({ ...query, multiple: true })) }
    expect(chooseCredentials(multiple, all, { a: ['3', '1'] })).toMatchObject({
      chosen: new Map([['a', ['3', '1']]]),
    })
    expect(chooseCredentials(multiple, all, {})).toMatchObject({ chosen: new Map([['a', ['1']]]) })
    for (const [query, selected] of [
      [dcql(['a']), ['1', '2']],
      [multiple, ['1', '1']],
      [multiple, []],
      [multiple, ['1', '9']],
    ] as const)
      expect(chooseCredentials(query, all, { a: selected })).toMatchObject({
        code: 'selection-invalid',
      })
  })

  it('refuses an empty answer to a request of optional sets only', () => {
    const query = dcql(['a'], [optional(['a'])])
    expect(chooseCredentials(query, candidates({ a: ['1'] }), {})).toMatchObject({ ok: false })
  })
})

describe('isRequired and isSatisfiable', () => {
  it('tell what the preview shows', () => {
    const query = dcql(['a', 'b'], [required(['a'], ['a', 'b'])])
    expect(isRequired(query, 'a')).toBe(true)
    expect(isRequired(query, 'b')).toBe(false)
    expect(isSatisfiable(query, candidates({ a: ['1'] }))).toBe(true)
    expect(isSatisfiable(query, candidates({ b: ['1'] }))).toBe(false)
  })
})

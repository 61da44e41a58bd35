import { describe, expect, it } from 'vitest'
import { checkDcqlQuery } from './check-dcql.ts'

const aQuery = (changes: object = {}) => ({
  id: 'q',
  format: 'dc+sd-jwt',
  meta: { vct_values: ['v'] },
  ...changes,
})
const withQuery = (changes: object) => ({ credentials: [aQuery(changes)] })
const path = ['a']

describe('checkDcqlQuery', () => {
  it('takes a query and drops what it does not know', () => {
    const result = checkDcqlQuery({ ...withQuery({ x_unknown: 1 }), y_unknown: 2 })
    expect(result).toMatchObject({
      ok: true,
      value: { credentials: [{ id: 'q', vct_values: ['v'] }] },
    })
  })

  it('takes queries for formats that are not held here', () => {
    expect(checkDcqlQuery(withQuery({ format: 'mso_mdoc', meta: { doctype_value: 'd' } })).ok).toBe(
      true,
    )
  })

  it('reads a credential set as required unless it says otherwise', () => {
    const result = checkDcqlQuery({ ...withQuery({}), credential_sets: [{ options: [['q']] }] })
    expect(result.ok && result.value.credential_sets?.[0]?.required).toBe(true)
  })

  it.each([
    ['no credentials', { credentials: [] }],
    ['no meta', withQuery({ meta: undefined })],
    ['no vct_values', withQuery({ meta: {} })],
    ['empty vct_values', withQuery({ meta: { vct_values: [] } })],
    ['an id with a dot', withQuery({ id: 'a.b' })],
    ['an empty id', withQuery({ id: '' })],
    ['a repeated id', { credentials: [aQuery(), aQuery()] }],
    ['claim_sets without claims', withQuery({ claim_sets: [['a']] })],
    ['claim_sets and claims without ids', withQuery({ claims: [{ path }], claim_sets: [['a']] })],
    [
      'a claim set with an unknown id',
      withQuery({ claims: [{ id: 'a', path }], claim_sets: [['b']] }),
    ],
    [
      'a repeated claim id',
      withQuery({
        claims: [
          { id: 'a', path },
          { id: 'a', path },
        ],
      }),
    ],
    ['empty claims', withQuery({ claims: [] })],
    ['empty claim_sets', withQuery({ claims: [{ id: 'a', path }], claim_sets: [] })],
    ['an empty path', withQuery({ claims: [{ path: [] }] })],
    ['a negative index', withQuery({ claims: [{ path: ['a', -1] }] })],
    ['a path that is too long', withQuery({ claims: [{ path: Array(17).fill('a') }] })],
    ['empty values', withQuery({ claims: [{ path, values: [] }] })],
    ['a value that is a fraction', withQuery({ claims: [{ path, values: [1.5] }] })],
    ['a set with an unknown id', { ...withQuery({}), credential_sets: [{ options: [['x']] }] }],
    ['a set without options', { ...withQuery({}), credential_sets: [{ options: [] }] }],
    [
      'too many queries',
      { credentials: Array.from({ length: 33 }, (_, n) => aQuery({ id: `q${n}` })) },
    ],
    ['another type', 'a text'],
  ])('refuses a query with %s (W-31)', (_name, query) => {
    expect(checkDcqlQuery(JSON.parse(JSON.stringify(query))).ok).toBe(false)
  })
})

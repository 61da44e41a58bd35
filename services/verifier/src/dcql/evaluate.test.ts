import { DcqlPresentationResult, DcqlQuery as Oracle } from 'dcql'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersRequired, hasClaimsAskedFor } from './evaluate.ts'
import type { ClaimQuery, CredentialQuery, DcqlQuery } from './schemas.ts'

const asking = (claims: ClaimQuery[], claimSets?: string[][]): CredentialQuery => ({
  id: 'a',
  format: 'dc+sd-jwt',
  meta: { vct_values: ['urn:type'] },
  claims,
  ...(claimSets && { claim_sets: claimSets }),
})

const payload = {
  name: 'Alva',
  level: 6,
  skills: [{ uri: 'urn:a' }, { uri: 'urn:b' }],
  place: { city: 'Umeå' },
}

describe('hasClaimsAskedFor (V-13)', () => {
  it.each<[string, ClaimQuery[], boolean]>([
    ['a claim that is there', [{ path: ['name'] }], true],
    ['a claim that is not there', [{ path: ['grade'] }], false],
    ['one of two', [{ path: ['name'] }, { path: ['grade'] }], false],
    ['a nested claim', [{ path: ['place', 'city'] }], true],
    ['every element of an array', [{ path: ['skills', null, 'uri'] }], true],
    ['an element by its index', [{ path: ['skills', 1, 'uri'], values: ['urn:b'] }], true],
    ['an element that moved up', [{ path: ['skills', 2, 'uri'], values: ['urn:b'] }], true],
    [
      'an element that cannot have moved down',
      [{ path: ['skills', 0, 'uri'], values: ['urn:b'] }],
      false,
    ],
    ['a name inside an array', [{ path: ['skills', 'uri'] }], false],
    ['a value that is there', [{ path: ['level'], values: [5, 6] }], true],
    ['a value of another type', [{ path: ['level'], values: ['6'] }], false],
    ['one of the values of an array', [{ path: ['skills', null, 'uri'], values: ['urn:b'] }], true],
    ['a member that every object has', [{ path: ['constructor'] }], false],
  ])('%s', (_what, claims, expected) => {
    expect(hasClaimsAskedFor(asking(claims), payload)).toBe(expected)
  })

  it('takes any of the claim sets, whole', () => {
    const claims = [
      { id: 'name', path: ['name'] },
      { id: 'grade', path: ['grade'] },
    ]
    expect(hasClaimsAskedFor(asking(claims, [['name', 'grade'], ['name']]), payload)).toBe(true)
    expect(hasClaimsAskedFor(asking(claims, [['name', 'grade']]), payload)).toBe(false)
  })

  it('agrees with another implementation', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('x', 'y', 1, 2, true),
        // Not empty: the other implementation throws when a path leads into an empty array.
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        fc.dictionary(name, tie('node'), { maxKeys: 3, noNullPrototype: true }),
      ),
    })).node
    const claims = fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true })
    // No indexes: the other implementation takes any element for them.
    const step = fc.oneof(name, fc.constant(null))
    const claim = fc.record({
      path: fc
        .tuple(name, fc.array(step, { maxLength: 2 }))
        .map(([first, rest]) => [first, ...rest]),
      values: fc.option(fc.uniqueArray(fc.constantFrom('x', 'y', 1, true), { minLength: 1 }), {
        nil: undefined,
      }),
    })
    fc.assert(
      fc.property(claims, fc.array(claim, { minLength: 1, maxLength: 2 }), (shown, asked) => {
        const query = asking(asked.map(({ path, values }) => ({ path, ...(values && { values }) })))
        expect(hasClaimsAskedFor(query, shown)).toBe(askOracle(query, shown))
      }),
      { numRuns: 500 },
    )
  })
})

function askOracle(query: CredentialQuery, shown: Record<string, unknown>): boolean {
  const dcqlQuery = Oracle.parse({ credentials: [query] } as never)
  const presentation = {
    credential_format: 'dc+sd-jwt' as const,
    vct: 'urn:type',
    claims: shown as never,
    cryptographic_holder_binding: true,
  }
  return DcqlPresentationResult.fromDcqlPresentation({ a: [presentation] }, { dcqlQuery })
    .can_be_satisfied
}

describe('answersRequired (V-12)', () => {
  const query = (sets?: DcqlQuery['credential_sets']): DcqlQuery => ({
    credentials: ['a', 'b', 'c'].map((id) => ({ ...asking([]), id })),
    ...(sets && { credential_sets: sets }),
  })

  it('wants every credential when there are no sets', () => {
    expect(answersRequired(query(), new Set(['a', 'b', 'c']))).toBe(true)
    expect(answersRequired(query(), new Set(['a', 'b']))).toBe(false)
  })

  it('wants one option of each required set, whole', () => {
    const sets = [{ options: [['a', 'b'], ['c']] }]
    expect(answersRequired(query(sets), new Set(['c']))).toBe(true)
    expect(answersRequired(query(sets), new Set(['a', 'b']))).toBe(true)
    expect(answersRequired(query(sets), new Set(['a']))).toBe(false)
  })

  it('does not want an optional set', () => {
    const sets = [{ options: [['a']] }, { options: [['b']], required: false }]
    expect(answersRequired(query(sets), new Set(['a']))).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { checkQuery } from './check-query.ts'
import { defaultQuery } from './default-query.ts'
import type { CredentialQuery, DcqlQuery } from './schemas.ts'

const aCredential = (changes: Partial<CredentialQuery> = {}): CredentialQuery => ({
  id: 'a',
  format: 'dc+sd-jwt',
  meta: { vct_values: ['urn:type'] },
  ...changes,
})

const aQuery = (changes: Partial<DcqlQuery> = {}): DcqlQuery => ({
  credentials: [aCredential()],
  ...changes,
})

const pointers = (query: DcqlQuery) => checkQuery(query).map(({ pointer }) => pointer)

describe('checkQuery', () => {
  it('finds nothing wrong in the standard question', () => {
    expect(checkQuery(defaultQuery)).toEqual([])
  })

  it('finds an id used twice', () => {
    expect(pointers({ credentials: [aCredential(), aCredential()] })).toEqual(['/credentials/1/id'])
  })

  it('finds a claim id used twice and a claim asked for twice', () => {
    const claims = [
      { id: 'x', path: ['name'] },
      { id: 'x', path: ['name'] },
    ]
    expect(pointers(aQuery({ credentials: [aCredential({ claims })] }))).toEqual([
      '/credentials/0/claims/1/id',
      '/credentials/0/claims/1/path',
    ])
  })

  it('finds a path that does not begin with a name', () => {
    const claims = [{ path: [null, 'name'] }]
    expect(pointers(aQuery({ credentials: [aCredential({ claims })] }))).toEqual([
      '/credentials/0/claims/0/path/0',
    ])
  })

  it('finds claim sets over claims without id or that do not exist', () => {
    const claims = [{ path: ['name'] }]
    const credentials = [aCredential({ claims, claim_sets: [['x']] })]
    expect(pointers({ credentials })).toEqual([
      '/credentials/0/claims/0',
      '/credentials/0/claim_sets/0/0',
    ])
  })

  it('finds credential sets over credentials that do not exist', () => {
    const query = aQuery({ credential_sets: [{ options: [['a'], ['a', 'b']] }] })
    expect(pointers(query)).toEqual(['/credential_sets/0/options/1/1'])
  })
})

import { describe, expect, it } from 'vitest'
import { lookUpRevocation } from './revocation-list.ts'

const query = {
  url: 'https://issuer.example/revocations',
  credentialId: 'urn:uuid:1',
  issuer: 'https://issuer.example',
}
const lookUp = (list: object | string) => {
  const json = typeof list === 'string' ? list : JSON.stringify(list)
  const found = lookUpRevocation(json, query)
  return found.ok ? found.value : found.code
}
const listOf = (revokedCredentials?: unknown, members = {}) => ({
  id: query.url,
  issuer: query.issuer,
  revokedCredentials,
  ...members,
})

describe('lookUpRevocation', () => {
  it('finds the revoked, with the reason', () => {
    const entry = { id: query.credentialId, revoked: true, revocationReason: 'Fel' }
    expect(lookUp(listOf([{ id: 'urn:uuid:2' }, entry]))).toEqual({
      isRevoked: true,
      reason: 'Fel',
    })
    expect(lookUp(listOf([{ id: query.credentialId }]))).toEqual({ isRevoked: true })
    expect(lookUp(listOf([query.credentialId]))).toEqual({ isRevoked: true })
  })

  it('lets the others be', () => {
    for (const list of [undefined, [], [{ id: 'urn:uuid:2' }]])
      expect(lookUp(listOf(list))).toEqual({ isRevoked: false })
  })

  it('lets the last word count', () => {
    const id = query.credentialId
    expect(lookUp(listOf([{ id }, { id, revoked: false }]))).toEqual({ isRevoked: false })
  })

  it('takes an issuer that is a profile', () => {
    expect(lookUp(listOf([], { issuer: { id: query.issuer } }))).toEqual({ isRevoked: false })
  })

  it.for<[string, object | string, string]>([
    ['is no JSON', 'revoked', 'revocation_list_malformed'],
    ['names a member twice', '{"id":"a","id":"b"}', 'revocation_list_malformed'],
    ['has no list', listOf({}), 'revocation_list_malformed'],
    ['has entries that cannot be read', listOf([{}]), 'revocation_list_malformed'],
    ['has entries of another kind', listOf([1]), 'revocation_list_malformed'],
    [
      'is of another address',
      listOf([], { id: 'https://other.example' }),
      'revocation_list_mismatch',
    ],
    [
      'is of another issuer',
      listOf([], { issuer: 'https://o.example' }),
      'revocation_list_mismatch',
    ],
  ])('answers nothing when the list %s', ([, list, code]) => {
    expect(lookUp(list)).toBe(code)
  })
})

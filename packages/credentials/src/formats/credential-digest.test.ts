import { expect, it } from 'vitest'
import { digestCredential } from './credential-digest.ts'

it('names a credential by what was signed, whatever is disclosed of it', () => {
  const digest = digestCredential('e30.e30.c2ln~WyJzIiwiYSIsMV0~')
  expect(digest).toMatch(/^sha256-[A-Za-z0-9+/]{43}=$/)
  expect(digestCredential('e30.e30.c2ln~')).toBe(digest)
  expect(digestCredential('e30.e30.c2ln')).toBe(digest)
  expect(digestCredential('e30.e30.c2lo~')).not.toBe(digest)
})

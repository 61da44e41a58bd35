import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { namesRecipient } from './recipient.ts'

const email = 'a@example.com'
// The example of the specification: the address salted with "Kosher".
const hashed = {
  type: 'IdentityObject',
  hashed: true,
  identityHash: 'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399',
  identityType: 'emailAddress',
  salt: 'Kosher',
}
const clear = { hashed: false, identityHash: email, identityType: 'emailAddress' }

describe('namesRecipient (V-27)', () => {
  it('finds the person among the identifiers, hashed or not', () => {
    expect(namesRecipient([clear], email)).toBe(true)
    expect(namesRecipient([{ ...clear, identityHash: 'b@example.com' }, hashed], email)).toBe(true)
    const upper = hashed.identityHash.slice(7).toUpperCase()
    expect(namesRecipient(hashed, email)).toBe(
      namesRecipient({ ...hashed, identityHash: `sha256$${upper}` }, email),
    )
  })

  it('reads the recipient of a 2.0 assertion', () => {
    expect(namesRecipient({ type: 'email', hashed: false, identity: email }, email)).toBe(true)
    const identity = `sha256$${createHash('sha256').update(`${email}salt`).digest('hex')}`
    expect(namesRecipient({ hashed: true, salt: 'salt', identity }, email)).toBe(true)
  })

  it.for<[string, unknown, string]>([
    ['another person', [clear, hashed], 'b@example.com'],
    ['nobody', clear, ''],
    ['the hash itself', hashed, hashed.identityHash],
    ['another salt', { ...hashed, salt: 'other' }, email],
    [
      'MD5',
      { hashed: true, identityHash: `md5$${createHash('md5').update(email).digest('hex')}` },
      email,
    ],
    ['no identifiers', undefined, email],
    ['texts', [email], email],
    ['a number', { hashed: false, identityHash: 1 }, '1'],
  ])('does not take %s for them', ([, identifiers, value]) => {
    expect(namesRecipient(identifiers, value)).toBe(false)
  })
})

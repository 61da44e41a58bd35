import type { MicroCredential } from '@mikromerit/credentials'
import { describe, expect, it } from 'vitest'
import { checkPolicy } from './check-policy.ts'

const now = new Date('2026-11-24T12:00:00Z')

const judge = (
  rules: Parameters<typeof checkPolicy>[0],
  microCredential: Partial<MicroCredential> = {},
  issuer: string | undefined = 'https://issuer.example',
) => {
  // Only what the policy looks at.
  const subject = { issuer, microCredential: microCredential as MicroCredential, now }
  const check = checkPolicy(rules, subject)
  return check && `${check.outcome} ${check.evidence?.reason}`
}

describe('checkPolicy', () => {
  it('says nothing when nothing is demanded', () => {
    expect(judge({})).toBeUndefined()
  })

  it('holds the issuer to those that are accepted', () => {
    expect(judge({ acceptedIssuers: ['https://issuer.example'] })).toBe('valid met')
    expect(judge({ acceptedIssuers: ['https://other.example'] })).toBe(
      'invalid issuer_not_accepted',
    )
    const subject = { issuer: undefined, microCredential: {} as MicroCredential, now }
    expect(checkPolicy({ acceptedIssuers: ['https://issuer.example'] }, subject)).toMatchObject({
      outcome: 'invalid',
    })
  })

  it('counts the age from the day of the award, else from the day of issue', () => {
    const rules = { maxAgeDays: 365 }
    expect(judge(rules, { awardedOn: '2026-01-01', issuedAt: '2020-01-01' })).toBe('valid met')
    expect(judge(rules, { awardedOn: '2025-11-20' })).toBe('invalid too_old')
    expect(judge(rules, { issuedAt: '2025-11-20T00:00:00Z' })).toBe('invalid too_old')
    expect(judge(rules, { issuedAt: '2025-11-25T00:00:00Z' })).toBe('valid met')
  })

  it('cannot tell the age of what says no day, or none that can be read', () => {
    expect(judge({ maxAgeDays: 365 })).toBe('undetermined age_unknown')
    expect(judge({ maxAgeDays: 365 }, { awardedOn: 'in spring' })).toBe('undetermined age_unknown')
  })
})

import { describe, expect, it } from 'vitest'
import { aStackingCredential as credential, definition } from '../../test/stacking-credentials.ts'
import type { MicroCredential } from '../formats/micro-credential.ts'
import { checkComponents, checkReportedComponents } from './check-components.ts'

const digestOf = (letter: string) => `sha256-${letter.repeat(43)}=`
const wholeOf = (components: MicroCredential['components']): MicroCredential => ({
  ...credential('whole', { shown: { credentialDigest: digestOf('w') } }).microCredential,
  ...(components && { components }),
})
const statesOf = ({ components }: MicroCredential) => components?.map(({ state }) => state)

describe('the parts of a whole', () => {
  it('are found by digest or award; one that was revoked after stacking is shown as revoked', () => {
    const revoked = credential('a', {
      outcome: 'invalid',
      status: 'revoked',
      shown: { credentialDigest: digestOf('a') },
    })
    const whole = wholeOf([
      { credentialDigest: digestOf('a') },
      { awardId: 'urn:uuid:b', achievementId: definition('b') },
      { awardId: 'urn:uuid:elsewhere' },
      { title: 'A part that names nothing' },
    ])
    const checked = checkComponents(whole, [revoked, credential('b')])
    expect(statesOf(checked)).toEqual(['revoked', 'valid', 'not_shown', 'not_shown'])
  })

  it('are as bad as the worst credential of them', () => {
    const whole = wholeOf([{ awardId: 'urn:uuid:a', achievementId: definition('a') }])
    const copies = [
      credential('a'),
      credential('a', { outcome: 'undetermined' }),
      credential('a', { outcome: 'invalid', status: 'suspended' }),
    ]
    expect(statesOf(checkComponents(whole, copies))).toEqual(['suspended'])
    expect(statesOf(checkComponents(whole, copies.slice(0, 2)))).toEqual(['undetermined'])
  })

  it.each([
    ['names another definition', { achievementId: definition('b') }],
    [
      'is of one who cannot speak for the definition',
      { issuer: { identifier: 'https://other.example/x' } },
    ],
    ['names no issuer', { issuer: {} }],
  ])('are not told by a credential of their award that %s', (_, shown) => {
    const whole = wholeOf([{ awardId: 'urn:uuid:a', achievementId: definition('a') }])
    expect(statesOf(checkComponents(whole, [credential('a')]))).toEqual(['valid'])
    expect(statesOf(checkComponents(whole, [credential('a', { shown })]))).toEqual(['not_shown'])
  })
})

describe('a report', () => {
  const part = credential('a', { shown: { credentialDigest: digestOf('a') } }).microCredential
  const whole = wholeOf([{ credentialDigest: digestOf('a') }])
  const checksOf = (credentialDigest: string, number: number, reason?: string) => [
    {
      code: 'signature',
      outcome: 'valid' as const,
      evidence: { credential_digest: credentialDigest, credential: number },
    },
    {
      code: 'status',
      outcome: reason ? ('invalid' as const) : ('valid' as const),
      evidence: { credential: number, ...(reason && { reason }) },
    },
  ]

  it.each([
    [undefined, 'valid'],
    ['revoked', 'revoked'],
    ['suspended', 'suspended'],
  ] as const)('on a whole beside its part (%s) says how the part stands', (reason, state) => {
    const { microCredentials } = checkReportedComponents({
      checks: [...checksOf(digestOf('w'), 0), ...checksOf(digestOf('a'), 1, reason)],
      microCredentials: [whole, part],
    })
    expect(microCredentials.map(statesOf)).toEqual([[state], undefined])
  })

  it('on a whole alone says that its parts were not shown', () => {
    const { microCredentials } = checkReportedComponents({
      checks: checksOf(digestOf('w'), 0),
      microCredentials: [whole],
    })
    expect(microCredentials.map(statesOf)).toEqual([['not_shown']])
  })
})

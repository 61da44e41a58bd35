import { describe, expect, it } from 'vitest'
import { groupByAward } from './award-groups.ts'
import type { CredentialIdentity } from './identity.ts'
import type { HeldCredential } from './stored-credential.ts'

const achievementId = 'https://a.example/achievements/1'

const held = (
  id: string,
  identity: CredentialIdentity,
  more: { offerId?: string; issuer?: string } = {},
): HeldCredential => {
  const { offerId, issuer: identifier = 'https://a.example' } = more
  return {
    id,
    receivedAt: new Date(0),
    content: {
      token: 'never opened',
      title: 'A',
      issuer: { identifier, host: 'a.example', name: 'A' },
      issuerTrust: 'certificate',
      isBound: true,
      labels: {},
      identity,
      ...(offerId === undefined ? {} : { offerId }),
    },
  }
}
const groups = (...credentials: HeldCredential[]) =>
  groupByAward(credentials).map(({ members }) => members.map(({ id }) => id).sort())

describe('groupByAward', () => {
  it('puts together what its issuer says is one award', () => {
    expect(groups(held('1', { awardId: 'x' }), held('2', { awardId: 'x' }))).toEqual([['1', '2']])
  })

  it('believes nobody about the awards of another issuer', () => {
    const other = held('2', { awardId: 'x' }, { issuer: 'https://b.example' })
    expect(groups(held('1', { awardId: 'x' }), other)).toEqual([['1'], ['2']])
  })

  it('takes a badge, which names no award, with what came by the same offer for the same definition', () => {
    const badge = held('1', { achievementId }, { offerId: 'o' })
    const elm = held('2', { achievementId, awardId: 'x' }, { offerId: 'o' })
    expect(groups(badge, elm)).toEqual([['1', '2']])
    expect(
      groups(badge, held('3', { achievementId, awardId: 'y' }, { offerId: 'p' })),
    ).toHaveLength(2)
    expect(
      groups(badge, held('4', { achievementId: 'other', awardId: 'z' }, { offerId: 'o' })),
    ).toHaveLength(2)
  })

  it('leaves apart what says nothing', () => {
    expect(groups(held('1', {}, { offerId: 'o' }), held('2', {}, { offerId: 'o' }))).toHaveLength(2)
  })
})

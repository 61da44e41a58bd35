import { setTimeout } from 'node:timers/promises'
import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOAuthError, expectProblem, unchanged } from './expectations.ts'
import { statusOf } from './published-status.ts'
import { startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(() => issuer.close())

const writer = () => issuer.as('ri-se', 'awards:write')
const change = (award: string, status: string, reason = 'Fel person', headers = {}) =>
  writer().post(`/awards/${award}/status`, { status, reason }, headers)

async function anIssuedAward() {
  const { id, offer } = await issuer.givenAward()
  const { credential } = await issuer.wallet().accept(offer)
  return { id, offer, credential }
}

describe('POST …/awards/{award}/status', () => {
  it('revokes an award: the next status list that is fetched says so of its credential (I-50)', async () => {
    const { id, credential } = await anIssuedAward()
    expect(await statusOf(issuer, credential)).toBe(0)
    const response = await change(id, 'revoked', 'Utfärdad till fel person')
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({
      id,
      status: 'revoked',
      credentials: [{ status: 'revoked' }],
      statusChanges: [
        { status: 'revoked', reason: 'Utfärdad till fel person', decidedBy: 'developer' },
      ],
    })
    expect(await statusOf(issuer, credential)).toBe(1)
  })

  it('suspends and reinstates', async () => {
    const { id, credential } = await anIssuedAward()
    await change(id, 'suspended')
    expect(await statusOf(issuer, credential)).toBe(2)
    const reinstated = await change(id, 'valid', 'Omprövad utan ändring')
    expect(await statusOf(issuer, credential)).toBe(0)
    expect(reinstated.json().statusChanges.map((one: { status: string }) => one.status)).toEqual([
      'suspended',
      'valid',
    ])
  })

  it('reaches every credential of the award, and no other', async () => {
    const untouched = await anIssuedAward()
    const { id, credential } = await anIssuedAward()
    const offer = (await writer().post(`/awards/${id}/offers`, {})).json()
    const second = (await issuer.wallet().accept(offer)).credential
    await change(id, 'revoked')
    expect(await statusOf(issuer, credential)).toBe(1)
    expect(await statusOf(issuer, second)).toBe(1)
    expect(await statusOf(issuer, untouched.credential)).toBe(0)
  })

  it.each(['valid', 'suspended'])('never makes a revoked award %s again (I-50)', async (status) => {
    const { id, credential } = await anIssuedAward()
    await change(id, 'revoked')
    const response = await unchanged(issuer, () => change(id, status))
    expectProblem(response, 409, 'revocation-is-final')
    expect(await statusOf(issuer, credential)).toBe(1)
  })

  it('refuses a status the award has already', async () => {
    const { id } = await anIssuedAward()
    expectProblem(await unchanged(issuer, () => change(id, 'valid')), 409, 'status-unchanged')
  })

  it('refuses a change without a reason, of an unknown kind, or of no award', async () => {
    const { id } = await anIssuedAward()
    const blank = await unchanged(issuer, () => change(id, 'revoked', '  '))
    expectProblem(blank, 400, 'reason-missing')
    const unknown = await unchanged(issuer, () => change(id, 'lost'))
    expectProblem(unknown, 400, 'validation-failed', '/status')
    const missing = await unchanged(issuer, () =>
      writer().post(`/awards/${id}/status`, { status: 'revoked' }),
    )
    expectProblem(missing, 400, 'validation-failed', '/reason')
    expectProblem(await unchanged(issuer, () => change(newId(), 'revoked')), 404, 'award-not-found')
  })

  it('judges by what a decision under way comes to', async () => {
    const { id } = await anIssuedAward()
    const revocation = await issuer.revocationUnderWay(id)
    const answer = change(id, 'suspended')
    await setTimeout(200)
    await revocation.commit()
    expectProblem(await answer, 409, 'revocation-is-final')
    const decisions = await issuer.rows('award_status_changes')
    expect(decisions.filter((row) => row.award_id === id)).toEqual([])
  })

  it('decides once when two decide at the same time', async () => {
    const { id } = await anIssuedAward()
    const answers = await Promise.all([change(id, 'revoked'), change(id, 'revoked')])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    const decisions = await issuer.rows('award_status_changes')
    expect(decisions.filter((row) => row.award_id === id)).toHaveLength(1)
  })

  it('answers a repeated idempotency key as before', async () => {
    const { id } = await anIssuedAward()
    const headers = { 'idempotency-key': `revoke-${id}` }
    const first = await change(id, 'revoked', 'Fel', headers)
    const second = await unchanged(issuer, () => change(id, 'revoked', 'Fel', headers))
    expect([second.statusCode, second.json()]).toEqual([200, first.json()])
  })

  it('keeps the reason sealed: it may name the learner', async () => {
    const { id } = await anIssuedAward()
    await change(id, 'revoked', 'Planterad orsak')
    const rows = await issuer.rows('award_status_changes')
    const sealed = rows.map(({ reason }) => Buffer.from(String(reason).slice(2), 'hex').toString())
    expect(sealed.join()).not.toContain('Planterad')
  })
})

describe('an award that is not valid', () => {
  it.each(['revoked', 'suspended'])('is not offered again while %s', async (status) => {
    const { id } = await anIssuedAward()
    await change(id, status)
    const response = await unchanged(issuer, () => writer().post(`/awards/${id}/offers`, {}))
    expectProblem(response, 409, 'award-not-valid')
  })

  it('gets no credential any more, also by an offer that was redeemed before', async () => {
    const { id, offer } = await issuer.givenAward()
    const wallet = issuer.wallet()
    const token = await wallet.redeem(offer)
    await change(id, 'revoked')
    const proof = await wallet.makeProof({ nonce: await wallet.freshNonce() })
    const before = await issuer.count('credentials')
    const response = await wallet.requestWithProof(token, proof)
    expectOAuthError(response, 400, 'credential_request_denied')
    expect(await issuer.count('credentials')).toBe(before)
  })

  it('is waited for while its revocation is under way, and gets no credential', async () => {
    const { id, offer } = await issuer.givenAward()
    const wallet = issuer.wallet()
    const token = await wallet.redeem(offer)
    const proof = await wallet.makeProof({ nonce: await wallet.freshNonce() })
    const before = await issuer.count('credentials')
    const revocation = await issuer.revocationUnderWay(id)
    const answer = wallet.requestWithProof(token, proof)
    await setTimeout(200)
    await revocation.commit()
    expectOAuthError(await answer, 400, 'credential_request_denied')
    expect(await issuer.count('credentials')).toBe(before)
  })

  it('has no credential that escapes a revocation at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, offer } = await issuer.givenAward()
      const wallet = issuer.wallet()
      const token = await wallet.redeem(offer)
      const proof = await wallet.makeProof({ nonce: await wallet.freshNonce() })
      const [issued] = await Promise.all([
        wallet.requestWithProof(token, proof),
        change(id, 'revoked'),
      ])
      if (issued.statusCode !== 200) continue
      expect(await statusOf(issuer, issued.json().credentials[0].credential)).toBe(1)
    }
  })
})

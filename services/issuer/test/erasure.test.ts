import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOAuthError, expectProblem, unchanged } from './expectations.ts'
import { statusOf } from './published-status.ts'
import { anAwardDraft, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(() => issuer.close())

const writer = () => issuer.as('ri-se', 'awards:write')

async function anErasedAward() {
  const draft = { sourceReference: `erased-${newId()}` }
  const { id, achievementId, offer } = await issuer.givenAward({ draft })
  const wallet = issuer.wallet()
  const { token, credential } = await wallet.accept(offer)
  await writer().post(`/awards/${id}/status`, {
    status: 'suspended',
    reason: 'Alva har ångrat sig',
  })
  await writer().post(`/awards/${id}/status`, { status: 'valid', reason: 'Klart' })
  const response = await writer().delete(`/awards/${id}/learner`)
  return { id, achievementId, wallet, token, credential, draft, response }
}

describe('DELETE …/awards/{award}/learner', () => {
  it('destroys the key: what stays names nobody (S-33)', async () => {
    const { id, achievementId, response } = await anErasedAward()
    expect([response.statusCode, response.body]).toEqual([204, ''])
    const row = (await issuer.rows('awards')).find((stored) => stored.id === id)
    expect(row).toMatchObject({ data_key: null, content: null, source_reference: null })
    const award = (await writer().get(`/awards/${id}`)).json()
    expect(award).toMatchObject({
      id,
      achievementId,
      awardedOn: '2026-06-05',
      status: 'valid',
      erasedAt: expect.any(String),
      credentials: [{ status: 'valid' }],
    })
    for (const member of ['learner', 'result', 'sourceReference'])
      expect(award).not.toHaveProperty(member)
    for (const change of award.statusChanges) expect(change).not.toHaveProperty('reason')
    const listed = (await writer().get('/awards?limit=1')).json().items[0]
    expect(listed).not.toHaveProperty('learner')
  })

  it('changes nothing the second time, and knows no award that is not there', async () => {
    const { id } = await anErasedAward()
    const again = await unchanged(issuer, () => writer().delete(`/awards/${id}/learner`))
    expect(again.statusCode).toBe(204)
    expectProblem(await writer().delete(`/awards/${newId()}/learner`), 404, 'award-not-found')
  })

  it('ends offers and issuing', async () => {
    const { id, wallet, token } = await anErasedAward()
    const offered = await unchanged(issuer, () => writer().post(`/awards/${id}/offers`, {}))
    expectProblem(offered, 409, 'award-erased')
    const proof = await wallet.makeProof({ nonce: await wallet.freshNonce() })
    const before = await issuer.count('credentials')
    const response = await wallet.requestWithProof(token, proof)
    expectOAuthError(response, 400, 'credential_request_denied')
    expect(await issuer.count('credentials')).toBe(before)
  })

  it('leaves the fetched credential valid, and revocable', async () => {
    const { id, credential } = await anErasedAward()
    expect(await statusOf(issuer, credential)).toBe(0)
    const revoked = await writer().post(`/awards/${id}/status`, {
      status: 'revoked',
      reason: 'Bedrägeri',
    })
    expect(revoked.statusCode).toBe(200)
    expect(await statusOf(issuer, credential)).toBe(1)
  })

  it('frees the source reference: nothing links the award to the register any more', async () => {
    const { id, achievementId, draft } = await anErasedAward()
    const again = await writer().post('/awards', anAwardDraft({ achievementId, ...draft }))
    expect(again.statusCode).toBe(201)
    expect(again.json().id).not.toBe(id)
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { startIssuer, type TestIssuer } from './support.ts'
import { aHolderKey, readCode } from './wallet.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(() => issuer.close())

const learner = {
  givenName: 'Planterada',
  familyName: 'Planteradsson',
  birthDate: '1991-02-03',
  email: 'planterad@example.org',
  externalId: 'planterat-id',
}

it('names outcomes and routes, and no person, token, code, claim or key', async () => {
  const wallet = issuer.wallet()
  const writer = issuer.as('ri-se', 'awards:write')
  const { id, achievementId, offer } = await issuer.givenAward({
    offer: { txCode: true },
    draft: { learner, sourceReference: 'planterad-referens' },
  })
  const key = aHolderKey()
  const guess = offer.txCode === '000000' ? '000001' : '000000'
  await wallet.readOffer(offer.credentialOfferUri)
  await wallet.requestToken(readCode(offer), { tx_code: guess })
  const nonce = await wallet.freshNonce()
  const token = await wallet.redeem(offer)
  const proof = await wallet.makeProof({ key, nonce })
  const response = await wallet.requestWithProof(token, proof)
  const credential: string = response.json().credentials[0].credential
  // Refusals, whose reasons hold what was sent.
  await wallet.requestWithProof(token, proof)
  await wallet.requestWithProof(`${token}x`, proof)
  await wallet.redeem(offer)
  await wallet.notify(token, { notification_id: 'planterad-notis', event: 'planterad-händelse' })
  await writer.post('/awards', { achievementId, learner, awardedOn: '2099-01-01' })
  await writer.post('/awards', { learner, planterad: true })
  await writer.post('/awards', `{"learner": "Planterada`)
  await writer.post(`/awards/${id}/status`, { status: 'revoked', reason: 'Planterad orsak' })
  await writer.get('/awards?sourceReference=planterad-referens')

  const log = issuer.logs.join('\n')
  expect(log).toContain('/:organisation/token')
  expect(log).toContain('invalid_nonce')
  const address = new URL(offer.credentialOfferUri).searchParams.get('credential_offer_uri') ?? ''
  for (const secret of [
    ...Object.values(learner),
    offer.txCode ?? '',
    guess,
    readCode(offer),
    address.split('/').at(-1) ?? '',
    nonce,
    token,
    proof,
    ...proof.split('.'),
    ...credential.split('~').filter(Boolean),
    key.jwk.x,
  ])
    expect(log).not.toContain(secret)
  expect(log).not.toMatch(/planterad/i)
})

it('says that something failed on our side without its values', async () => {
  const started = await startIssuer()
  const { id } = await started.givenAward({ draft: { learner } })
  await started.breakSeal(id)
  const response = await started.as('ri-se', 'awards:read').get(`/awards/${id}`)
  expect(response.statusCode).toBe(500)
  expect(response.json()).not.toHaveProperty('detail')
  const log = started.logs.join('\n')
  expect(log).toContain('request failed')
  expect(log).not.toMatch(/planterad/i)
  await started.close()
})

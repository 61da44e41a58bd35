import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOAuthError, unchanged } from './expectations.ts'
import { startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())

async function received(organisation = 'ri-se') {
  const { id, offer } = await issuer.givenAward({ organisation })
  const wallet = issuer.wallet(organisation)
  const { token, notificationId } = await wallet.accept(offer)
  const notify = (event: string, members: object = {}) =>
    wallet.notify(token, { notification_id: notificationId, event, ...members })
  return { id, wallet, token, notificationId, notify }
}

describe('the notification endpoint (I-44)', () => {
  it('notes what became of a credential; the organisation sees it', async () => {
    const { id, notify } = await received()
    const response = await notify('credential_accepted', { event_description: 'Sparad' })
    expect([response.statusCode, response.body]).toEqual([204, ''])
    const award = await issuer.as('ri-se', 'awards:read').get(`/awards/${id}`)
    expect(award.json().credentials).toMatchObject([
      { notification: { event: 'credential_accepted' } },
    ])
  })

  it('answers the same again alike, and takes a later event', async () => {
    const { id, notify } = await received()
    await notify('credential_accepted')
    expect((await unchanged(issuer, () => notify('credential_accepted'))).statusCode).toBe(204)
    expect((await notify('credential_deleted')).statusCode).toBe(204)
    const award = await issuer.as('ri-se', 'awards:read').get(`/awards/${id}`)
    expect(award.json().credentials[0].notification.event).toBe('credential_deleted')
  })

  it('ignores members it does not know (I-46)', async () => {
    const { notify } = await received()
    expect((await notify('credential_failure', { extra: true })).statusCode).toBe(204)
  })

  it('refuses an id that the token has no part in', async () => {
    const { wallet, token } = await received()
    const other = await received()
    const foreign = await received('other')
    for (const id of [newId(), 'x', other.notificationId, foreign.notificationId]) {
      const body = { notification_id: id, event: 'credential_accepted' }
      const response = await unchanged(issuer, () => wallet.notify(token, body))
      expectOAuthError(response, 400, 'invalid_notification_id')
    }
  })

  it('refuses an unknown event, and what is malformed', async () => {
    const { wallet, token, notificationId, notify } = await received()
    const unknown = await unchanged(issuer, () => notify('credential_lost'))
    expectOAuthError(unknown, 400, 'invalid_notification_request')
    for (const body of [
      {},
      { notification_id: notificationId },
      { notification_id: 1, event: 'x' },
    ]) {
      const response = await unchanged(issuer, () => wallet.notify(token, body))
      expectOAuthError(response, 400, 'invalid_notification_request')
    }
    const broken = await unchanged(issuer, () =>
      issuer.send('POST', '/ri-se/notification', { token, body: '{' }),
    )
    expectOAuthError(broken, 400, 'invalid_notification_request')
  })

  it('needs the access token', async () => {
    const { wallet, notificationId } = await received()
    const body = { notification_id: notificationId, event: 'credential_accepted' }
    for (const token of [undefined, 'x']) {
      const response = await unchanged(issuer, () => wallet.notify(token, body))
      expectOAuthError(response, 401, 'invalid_token')
    }
  })
})

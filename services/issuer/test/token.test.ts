import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOAuthError, unchanged } from './expectations.ts'
import { startIssuer, type TestIssuer } from './support.ts'
import { preAuthorizedCodeGrant, readCode } from './wallet.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())

const anOffer = async (wish: { txCode?: boolean; expiresIn?: number } = {}) =>
  (await issuer.givenAward({ offer: wish })).offer
const wrongOf = (txCode: string | undefined) => (txCode === '000000' ? '000001' : '000000')
const attemptsAt = async (id: string) =>
  (await issuer.rows('offers')).find((row) => row.id === id)?.wrong_tx_codes

describe('the token endpoint', () => {
  it('exchanges a pre-authorized code for an access token, and gives no nonce with it (I-10)', async () => {
    const response = await issuer.wallet().requestToken(readCode(await anOffer()))
    expect(response.statusCode).toBe(200)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.json()).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
    })
  })

  it('takes a code once (I-11)', async () => {
    const code = readCode(await anOffer())
    await issuer.wallet().requestToken(code)
    const again = await unchanged(issuer, () => issuer.wallet().requestToken(code))
    expectOAuthError(again, 400, 'invalid_grant')
  })

  it.each([{}, { txCode: true }])(
    'takes a code once when requests race (I-11) %j',
    async (wish) => {
      const offer = await anOffer(wish)
      const form = offer.txCode ? { tx_code: offer.txCode } : {}
      const code = readCode(offer)
      const races = [1, 2, 3, 4].map(() => issuer.wallet().requestToken(code, form))
      const statuses = (await Promise.all(races)).map(({ statusCode }) => statusCode)
      expect(statuses.sort()).toEqual([200, 400, 400, 400])
    },
  )

  it.each([
    ['no JSON', '{'],
    ['no array', '{}'],
    ['an empty array', '[]'],
    ['no object', '["openid_credential"]'],
    ['another type (I-16)', '[{"type":"payment","credential_configuration_id":"x"}]'],
    ['no configuration', '[{"type":"openid_credential"}]'],
    [
      'an unknown configuration',
      '[{"type":"openid_credential","credential_configuration_id":"Driving"}]',
    ],
    [
      'a configuration that is not switched on',
      '[{"type":"openid_credential","credential_configuration_id":"VerifiableMicroCredential_sd_jwt_vc"}]',
    ],
    ['too many entries', JSON.stringify(Array(33).fill({ type: 'openid_credential' }))],
  ])('refuses authorization_details with %s', async (_, details) => {
    const code = readCode(await anOffer())
    const request = () => issuer.wallet().requestToken(code, { authorization_details: details })
    expectOAuthError(await unchanged(issuer, request), 400, 'invalid_authorization_details')
    // The code was not spent on it.
    expect((await issuer.wallet().requestToken(code)).statusCode).toBe(200)
  })

  it('refuses authorization_details beyond the offer, and leaves the code good (I-18)', async () => {
    const { offer } = await issuer.givenAward({ offer: { formats: ['elm'] } })
    const code = readCode(offer)
    const ask = (id: string) =>
      issuer.wallet().requestToken(code, {
        authorization_details: JSON.stringify([
          { type: 'openid_credential', credential_configuration_id: id },
        ]),
      })
    const beyond = await unchanged(issuer, () => ask('MicroCredential_sd_jwt_vc'))
    expectOAuthError(beyond, 400, 'invalid_authorization_details')
    expect((await ask('MicroCredential_elm')).statusCode).toBe(200)
  })

  it('refuses an expired offer', async () => {
    const plain = await anOffer({ expiresIn: 60 })
    const guarded = await anOffer({ expiresIn: 60, txCode: true })
    issuer.clock.advance(60)
    for (const offer of [plain, guarded]) {
      const form = offer.txCode ? { tx_code: offer.txCode } : {}
      const response = await unchanged(issuer, () =>
        issuer.wallet().requestToken(readCode(offer), form),
      )
      expectOAuthError(response, 400, 'invalid_grant')
    }
  })

  it('refuses a code that is made up, changed, or of another organisation', async () => {
    const offer = await anOffer()
    const code = readCode(offer)
    const reference = new URL(offer.credentialOfferUri).searchParams
      .get('credential_offer_uri')
      ?.split('/')
      .at(-1)
    const changed = `${code.slice(0, -2)}${code.endsWith('AA') ? 'BB' : 'AA'}`
    for (const wrong of ['x', changed, reference ?? '']) {
      const response = await unchanged(issuer, () => issuer.wallet().requestToken(wrong))
      expectOAuthError(response, 400, 'invalid_grant')
    }
    const foreign = await unchanged(issuer, () => issuer.wallet('other').requestToken(code))
    expectOAuthError(foreign, 400, 'invalid_grant')
    expect((await issuer.wallet().requestToken(code)).statusCode).toBe(200)
  })

  it('answers all lost codes alike: a guesser learns nothing (S-17)', async () => {
    const used = readCode(await anOffer())
    await issuer.wallet().requestToken(used)
    const expired = readCode(await anOffer({ expiresIn: 60 }))
    issuer.clock.advance(60)
    const bodies = []
    for (const code of [used, expired, 'made-up'])
      bodies.push((await issuer.wallet().requestToken(code)).body)
    expect(new Set(bodies).size).toBe(1)
  })
})

describe('a transaction code', () => {
  it('is needed when the offer says so, and its absence is no attempt (I-12)', async () => {
    const offer = await anOffer({ txCode: true })
    const response = await unchanged(issuer, () => issuer.wallet().requestToken(readCode(offer)))
    expectOAuthError(response, 400, 'invalid_request')
    const right = { tx_code: offer.txCode ?? '' }
    expect((await issuer.wallet().requestToken(readCode(offer), right)).statusCode).toBe(200)
  })

  it('is refused when the offer asks for none (I-12)', async () => {
    const offer = await anOffer()
    const response = await unchanged(issuer, () =>
      issuer.wallet().requestToken(readCode(offer), { tx_code: '123456' }),
    )
    expectOAuthError(response, 400, 'invalid_request')
    expect((await issuer.wallet().requestToken(readCode(offer))).statusCode).toBe(200)
  })

  it('may be wrong five times; then the code is dead for good, also for the right one (I-13)', async () => {
    const offer = await anOffer({ txCode: true })
    const attempt = (txCode: string | undefined) =>
      issuer.wallet().requestToken(readCode(offer), { tx_code: txCode ?? '' })
    for (let count = 1; count <= 5; count++) {
      expectOAuthError(await attempt(wrongOf(offer.txCode)), 400, 'invalid_grant')
      expect(await attemptsAt(offer.id)).toBe(count)
    }
    expectOAuthError(await unchanged(issuer, () => attempt(offer.txCode)), 400, 'invalid_grant')
  })

  it('may be right after four wrong ones', async () => {
    const offer = await anOffer({ txCode: true })
    const code = readCode(offer)
    for (let count = 0; count < 4; count++)
      await issuer.wallet().requestToken(code, { tx_code: wrongOf(offer.txCode) })
    const right = await issuer.wallet().requestToken(code, { tx_code: offer.txCode ?? '' })
    expect(right.statusCode).toBe(200)
  })

  it('is not guessed faster by asking many times at once: every attempt counts (I-13)', async () => {
    const offer = await anOffer({ txCode: true })
    const wrong = { tx_code: wrongOf(offer.txCode) }
    const burst = Array.from({ length: 20 }, () =>
      issuer.wallet().requestToken(readCode(offer), wrong),
    )
    for (const response of await Promise.all(burst))
      expectOAuthError(response, 400, 'invalid_grant')
    expect(await attemptsAt(offer.id)).toBe(5)
    const right = { tx_code: offer.txCode ?? '' }
    const late = await issuer.wallet().requestToken(readCode(offer), right)
    expectOAuthError(late, 400, 'invalid_grant')
  })

  it('is not stored, and belongs to one offer', async () => {
    const [one, other] = [await anOffer({ txCode: true }), await anOffer({ txCode: true })]
    const stored = JSON.stringify(await issuer.rows('offers'))
    expect(stored).not.toContain(one.txCode)
    const right = await issuer
      .wallet()
      .requestToken(readCode(other), { tx_code: other.txCode ?? '' })
    expect(right.statusCode).toBe(200)
  })
})

describe('the form of a token request (I-15)', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const send = (body: string, headers: Record<string, string> = form) =>
    unchanged(issuer, () => issuer.send('POST', '/ri-se/token', { body, headers }))

  it('has a grant type we know', async () => {
    const code = readCode(await anOffer())
    const response = await unchanged(issuer, () =>
      issuer.wallet().requestTokenWith({ grant_type: 'password', code }),
    )
    expectOAuthError(response, 400, 'unsupported_grant_type')
  })

  it.each([
    ['no grant type', 'pre-authorized_code=x'],
    ['no code', `grant_type=${encodeURIComponent(preAuthorizedCodeGrant)}`],
    ['nothing', ''],
    ['a parameter twice', 'grant_type=a&grant_type=b&pre-authorized_code=x'],
    ['a grant type too long', `grant_type=${'x'.repeat(300)}`],
  ])('is refused with %s', async (_, body) => {
    expectOAuthError(await send(body), 400, 'invalid_request')
  })

  it('is no JSON', async () => {
    const code = readCode(await anOffer())
    const body = JSON.stringify({
      grant_type: preAuthorizedCodeGrant,
      'pre-authorized_code': code,
    })
    const response = await send(body, { 'content-type': 'application/json' })
    expectOAuthError(response, 400, 'invalid_request')
    expect((await issuer.wallet().requestToken(code)).statusCode).toBe(200)
  })

  it('may hold parameters we do not know (I-46)', async () => {
    const code = readCode(await anOffer())
    const response = await issuer
      .wallet()
      .requestToken(code, { scope: 'x', resource: 'y', user_pin: '1234' })
    expect(response.statusCode).toBe(200)
  })

  it('is refused where nobody issues', async () => {
    expectOAuthError(await issuer.wallet('nobody').requestToken('x'), 404, 'invalid_request')
  })
})

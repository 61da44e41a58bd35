import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { race } from './support/database.ts'
import { acceptOffer, previewOffer, receive, startTrustedIssuer } from './support/flow.ts'
import { configurationId, testVct } from './support/issuer-behaviour.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
})
afterEach(() => issuer.reset())
afterAll(async () => {
  await wallet.close()
  await issuer.close()
})

const pathsAsked = () => issuer.requests.map(({ path }) => path)

describe('POST /v1/offers', () => {
  it.each(['value', 'reference'] as const)(
    'shows an offer by %s and sends nothing (W-04)',
    async (by) => {
      const response = await previewOffer(wallet.as(), issuer.offer(by))

      expect(response.statusCode).toBe(200)
      expect(response.headers['cache-control']).toBe('no-store')
      expect(response.json()).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        issuer: {
          identifier: issuer.identifier,
          host: new URL(issuer.origin).host,
          name: 'Tredje Skolan',
        },
        credentials: [{ configurationId, format: 'dc+sd-jwt', name: 'Kursbevis', supported: true }],
        expiresAt: new Date(wallet.clock.now().getTime() + 86_400_000).toISOString(),
        trust: 'undetermined',
      })
      expect(
        issuer.requests.every(({ method, headers }) => method === 'GET' && !headers.cookie),
      ).toBe(true)
      expect(pathsAsked()).not.toContain('/token')
    },
  )

  it('says that a transaction code is needed, and what it looks like', async () => {
    issuer.reset({ txCode: '049318' })
    const response = await previewOffer(wallet.as(), issuer.offer())
    expect(response.json().txCode).toEqual({ required: true, inputMode: 'numeric', length: 6 })
  })

  it('shows every credential of the offer, also those it cannot hold', async () => {
    issuer.reset({
      configurations: [configurationId, 'other'],
      changeMetadata: (metadata) => changeConfiguration(metadata, 'other', { format: 'mso_mdoc' }),
    })
    const response = await previewOffer(wallet.as(), issuer.offer())
    expect(response.json().credentials).toMatchObject([
      { configurationId, supported: true },
      { configurationId: 'other', format: 'mso_mdoc', supported: false },
    ])
  })

  it('answers the same to the same idempotency key, and refuses it for something else', async () => {
    const learner = wallet.as()
    const body = { credentialOffer: issuer.offer() }
    const headers = { 'idempotency-key': 'preview-of-this-test' }
    const first = await learner.post('/v1/offers', body, headers)
    const before = await wallet.counts()
    const again = await learner.post('/v1/offers', body, headers)
    expect(again.json()).toEqual(first.json())
    const other = { credentialOffer: issuer.offer() }
    const reused = await learner.post('/v1/offers', other, headers)
    expect([reused.statusCode, problemOf(reused)]).toEqual([422, 'idempotency-key-reused'])
    expect(await wallet.counts()).toEqual(before)
  })
})

describe('POST /v1/offers/{offer}/accept', () => {
  it('brings the credential, verified and described', async () => {
    const learner = wallet.as()
    const response = await acceptOffer(learner, issuer.offer())

    expect(response.statusCode).toBe(201)
    expect(response.json()).toEqual({
      credentials: [
        {
          id: expect.any(String),
          format: 'dc+sd-jwt',
          vct: testVct,
          title: 'Kursbevis',
          issuer: {
            identifier: issuer.identifier,
            host: new URL(issuer.origin).host,
            name: 'Tredje Skolan',
          },
          issuerTrust: 'certificate',
          receivedAt: wallet.clock.now().toISOString(),
          expiresAt: expect.any(String),
          status: { state: 'not_published', checkedAt: wallet.clock.now().toISOString() },
          award: { credentials: [{ id: expect.any(String), format: 'dc+sd-jwt' }] },
          microCredential: expect.objectContaining({ type: testVct, result: { grade: 'VG' } }),
        },
      ],
    })
    const listed = await learner.get('/v1/credentials')
    expect(listed.json()).toEqual({ items: response.json().credentials })
  })

  it('takes no body for an offer without a transaction code', async () => {
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    expect((await learner.post(`/v1/offers/${id}/accept`)).statusCode).toBe(201)
  })

  it('sends the transaction code as it was typed, with its leading zero', async () => {
    issuer.reset({ txCode: '049318' })
    await receive(wallet.as(), issuer, { txCode: '049318' })
    const { body } = issuer.requests.find(({ path }) => path === '/token') ?? {}
    expect(new URLSearchParams(body).get('tx_code')).toBe('049318')
  })

  it('lets a wrong transaction code be corrected', async () => {
    issuer.reset({ txCode: '049318' })
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    const wrong = await learner.post(`/v1/offers/${id}/accept`, { txCode: '000000' })
    expect([wrong.statusCode, problemOf(wrong)]).toEqual([422, 'transaction-code-refused'])
    expect(wrong.body).not.toContain('000000')
    const right = await learner.post(`/v1/offers/${id}/accept`, { txCode: '049318' })
    expect(right.statusCode).toBe(201)
  })

  it('asks the issuer nothing while a transaction code is missing, or not wanted (W-10)', async () => {
    const learner = wallet.as()
    const withoutCode = (await previewOffer(learner, issuer.offer())).json()
    issuer.reset({ txCode: '049318' })
    const withCode = (await previewOffer(learner, issuer.offer())).json()
    issuer.requests.length = 0
    const missing = await learner.post(`/v1/offers/${withCode.id}/accept`, {})
    expect([missing.statusCode, problemOf(missing)]).toEqual([400, 'transaction-code-required'])
    const unwanted = await learner.post(`/v1/offers/${withoutCode.id}/accept`, { txCode: '1' })
    expect([unwanted.statusCode, problemOf(unwanted)]).toEqual([400, 'transaction-code-unexpected'])
    expect(issuer.requests).toEqual([])
    expect((await learner.get('/v1/credentials')).json().items).toEqual([])
  })

  it.each([
    ['an unknown member', { txCode: '1', surplus: 1 }],
    ['a transaction code that is a number', { txCode: 49318 }],
    ['an empty transaction code', { txCode: '' }],
  ])('refuses a body with %s', async (_what, body) => {
    issuer.reset({ txCode: '049318' })
    const learner = wallet.as()
    const response = await acceptOffer(learner, issuer.offer(), body)
    expect([response.statusCode, problemOf(response)]).toEqual([400, 'validation-failed'])
    expect(pathsAsked()).not.toContain('/token')
  })

  it('accepts an offer once', async () => {
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    await learner.post(`/v1/offers/${id}/accept`, {})
    const again = await learner.post(`/v1/offers/${id}/accept`, {})
    expect([again.statusCode, problemOf(again)]).toEqual([409, 'offer-already-accepted'])
    expect(issuer.issued).toHaveLength(1)
    expect((await learner.get('/v1/credentials')).json().items).toHaveLength(1)
    // The access token is of no more use here: it is forgotten.
    const row = (await wallet.rows('offers')).find((offer) => offer.id === id)
    expect(row).toMatchObject({ state: 'accepted', sealed_session: null, leased_until: null })
  })

  it('gives an accept that is sent five times at once to one of them', async () => {
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    const answers = await race(
      wallet,
      { holderId: learner.id, table: 'offers', id },
      Array.from({ length: 5 }, () => () => learner.post(`/v1/offers/${id}/accept`, {})),
    )
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
    expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(4)
    expect(pathsAsked().filter((path) => path === '/token')).toHaveLength(1)
    expect((await learner.get('/v1/credentials')).json().items).toHaveLength(1)
  })

  it('is not accepted again while an accept is under way', async () => {
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    const accept = () => learner.post(`/v1/offers/${id}/accept`, {})
    let meanwhile: Awaited<ReturnType<typeof accept>> | undefined
    issuer.reset({
      answer: async ({ path }) => {
        if (path === '/token') meanwhile ??= await accept()
        return undefined
      },
    })
    expect((await accept()).statusCode).toBe(201)
    expect([meanwhile?.statusCode, meanwhile && problemOf(meanwhile)]).toEqual([
      409,
      'offer-in-progress',
    ])
    expect(issuer.issued).toHaveLength(1)
  })

  it('finds a code that somebody else has used dead', async () => {
    const link = issuer.offer()
    await acceptOffer(wallet.as(), link)
    const late = wallet.as()
    const { id } = (await previewOffer(late, link)).json()
    for (let times = 0; times < 2; times++) {
      const response = await late.post(`/v1/offers/${id}/accept`, {})
      expect([response.statusCode, problemOf(response)]).toEqual([410, 'offer-dead'])
    }
    expect(pathsAsked().filter((path) => path === '/token')).toHaveLength(2)
    expect((await late.get('/v1/credentials')).json().items).toEqual([])
  })

  it('answers the same to the same idempotency key, also when sent twice at once', async () => {
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    const headers = { 'idempotency-key': 'accept-of-this-test' }
    const send = () => learner.post(`/v1/offers/${id}/accept`, {}, headers)
    const [one, other] = await Promise.all([send(), send()])
    const [first, second] = one.statusCode === 201 ? [one, other] : [other, one]
    expect(first.statusCode).toBe(201)
    // The loser came while the winner was under way, or after it and got its answer.
    if (second.statusCode !== 201) expect(problemOf(second)).toBe('request-in-progress')
    const again = await send()
    expect([again.statusCode, again.json()]).toEqual([201, first.json()])
    expect(issuer.issued).toHaveLength(1)
  })

  it('lets an idempotency key be used again after a refusal', async () => {
    issuer.reset({ txCode: '1234' })
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    const headers = { 'idempotency-key': 'corrected-after-refusal' }
    const path = `/v1/offers/${id}/accept`
    expect((await learner.post(path, { txCode: '9999' }, headers)).statusCode).toBe(422)
    expect((await learner.post(path, { txCode: '1234' }, headers)).statusCode).toBe(201)
  })

  it('does not accept what has expired here', async () => {
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    wallet.clock.advance(86_400)
    const response = await learner.post(`/v1/offers/${id}/accept`, {})
    wallet.clock.advance(-86_400)
    expect([response.statusCode, problemOf(response)]).toEqual([410, 'offer-expired'])
    expect(pathsAsked()).not.toContain('/token')
  })

  it('does not find the offer of another learner, or none', async () => {
    const { id } = (await previewOffer(wallet.as(), issuer.offer())).json()
    for (const offer of [id, '0190c1a2-0000-7000-8000-000000000001'])
      for (const verb of ['accept', 'decline']) {
        const response = await wallet.as().post(`/v1/offers/${offer}/${verb}`)
        expect([response.statusCode, problemOf(response)]).toEqual([404, 'offer-not-found'])
      }
    expect(pathsAsked()).not.toContain('/token')
  })
})

describe('POST /v1/offers/{offer}/decline', () => {
  it('ends the offer, tells nobody and remembers it', async () => {
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    issuer.requests.length = 0
    expect((await learner.post(`/v1/offers/${id}/decline`)).statusCode).toBe(204)
    const accept = await learner.post(`/v1/offers/${id}/accept`, {})
    expect([accept.statusCode, problemOf(accept)]).toEqual([409, 'offer-declined'])
    expect(issuer.requests).toEqual([])
    expect((await learner.get('/v1/history')).json().items).toMatchObject([
      {
        event: 'offer_declined',
        counterpart: { identifier: issuer.identifier, name: 'Tredje Skolan' },
        credentials: [{ title: 'Kursbevis' }],
      },
    ])
  })

  it('cannot decline what was accepted', async () => {
    const learner = wallet.as()
    const { id } = (await previewOffer(learner, issuer.offer())).json()
    await learner.post(`/v1/offers/${id}/accept`, {})
    const response = await learner.post(`/v1/offers/${id}/decline`)
    expect([response.statusCode, problemOf(response)]).toEqual([409, 'offer-already-accepted'])
    expect((await learner.get('/v1/credentials')).json().items).toHaveLength(1)
  })
})

describe('the purge', () => {
  it('forgets offers and recorded answers a day after they expired, and nothing else', async () => {
    const learner = wallet.as()
    const headers = { 'idempotency-key': 'to-be-purged-later' }
    await receive(learner, issuer)
    const body = { credentialOffer: issuer.offer() }
    const { id } = (await learner.post('/v1/offers', body, headers)).json()
    const isThere = async () => (await wallet.rows('offers')).some((row) => row.id === id)
    const before = await wallet.counts()
    await wallet.purge()
    expect(await isThere()).toBe(true)
    wallet.clock.advance(2 * 86_400 + 1)
    await wallet.purge()
    wallet.clock.advance(-2 * 86_400 - 1)
    expect(await isThere()).toBe(false)
    expect(await wallet.rows('idempotency_keys')).toEqual([])
    const after = await wallet.counts()
    expect(after).toEqual({ ...before, offers: 0, presentations: 0 })
  })
})

const changeConfiguration = (
  metadata: Record<string, unknown>,
  id: string,
  changes: object,
): object => {
  const configurations = Object(metadata.credential_configurations_supported)
  return {
    ...metadata,
    credential_configurations_supported: {
      ...configurations,
      [id]: { ...configurations[id], ...changes },
    },
  }
}

import { importPublicJwk, verifySdJwtVc } from '@mikromerit/credentials'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { race } from './support/database.ts'
import {
  askWith,
  receive,
  startTrustedIssuer,
  startTrustedVerifier,
  submitTo,
} from './support/flow.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import {
  courseQuery,
  type ReceivedAnswer,
  type ThirdPartyVerifier,
} from './support/third-party-verifier.ts'
import { type Learner, problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer
let verifier: ThirdPartyVerifier
/** Has one credential. */
let learner: Learner
let credentialId: string

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
  verifier = await startTrustedVerifier(wallet)
  learner = wallet.as()
  credentialId = (await receive(learner, issuer))[0] ?? ''
})
afterEach(() => verifier.reset())
afterAll(async () => {
  await wallet.close()
  await issuer.close()
  await verifier.close()
})

const ask = (who = learner) => askWith(who, verifier)
const submit = (id: string, body?: object, who = learner) => submitTo(who, id, body)
const presented = (answer: ReceivedAnswer | undefined, query = 'course'): string[] =>
  Object(answer?.content.vp_token)[query]

describe('POST /v1/presentations', () => {
  it('shows who asks, for what, and what would be disclosed; nothing is sent (W-34)', async () => {
    const { preview } = await ask()
    expect(preview).toEqual({
      id: expect.any(String),
      verifier: {
        clientId: verifier.clientId,
        name: 'Tredje Arbetsgivaren',
        host: verifier.host,
        trust: 'trusted',
        certificate: {
          subject: expect.stringContaining('Tredje Arbetsgivaren AB'),
          issuer: expect.stringContaining('Mikromerit development issuing CA'),
        },
      },
      responseMode: 'direct_post.jwt',
      requested: [
        {
          queryId: 'course',
          required: true,
          multiple: false,
          candidates: [
            {
              credentialId,
              title: 'Kursbevis',
              format: 'dc+sd-jwt',
              disclosedWhole: false,
              expiresAt: expect.any(String),
              wouldDisclose: [{ path: ['grade'], label: { sv: 'Betyg', en: 'Grade' } }],
              alwaysVisible: expect.arrayContaining([
                { path: ['course'], label: { sv: 'course', en: 'course' } },
              ]),
            },
          ],
        },
      ],
      satisfiable: true,
      expiresAt: new Date(wallet.clock.now().getTime() + 600_000).toISOString(),
    })
    expect(verifier.answers).toEqual([])
    expect((await learner.get('/v1/history')).json().items).toHaveLength(1)
  })

  it('says when nothing here matches', async () => {
    const { preview } = await ask(wallet.as())
    expect(preview).toMatchObject({ satisfiable: false, requested: [{ candidates: [] }] })
  })

  it('shows the purpose a verifier gives, and the earlier end of two', async () => {
    const expiresAt = new Date(wallet.clock.now().getTime() + 60_000)
    verifier.reset({
      dcql: {
        ...courseQuery,
        credential_sets: [{ options: [['course']], purpose: 'Ansökan om tjänst' }],
      },
      changePayload: (payload) => ({ ...payload, exp: expiresAt.getTime() / 1_000 }),
    })
    expect((await ask()).preview).toMatchObject({
      purpose: { sv: 'Ansökan om tjänst', en: 'Ansökan om tjänst' },
      expiresAt: expiresAt.toISOString(),
    })
  })

  it('answers the same to the same idempotency key', async () => {
    const { link } = await verifier.request()
    const headers = { 'idempotency-key': 'preview-request-once' }
    const body = { authorizationRequest: link }
    const first = await learner.post('/v1/presentations', body, headers)
    const again = await learner.post('/v1/presentations', body, headers)
    expect(again.json()).toEqual(first.json())
    expect(verifier.requests.filter(({ path }) => path.startsWith('/requests'))).toHaveLength(1)
  })
})

describe('POST /v1/presentations/{presentation}/submit', () => {
  it('proves possession of the credential to this verifier, for this request (W-38)', async () => {
    const { preview, nonce, state } = await ask()
    const response = await submit(preview.id)
    expect([response.statusCode, response.json()]).toEqual([200, { state: 'submitted' }])
    const [answer] = verifier.answers
    expect(answer?.content.state).toBe(state)
    const [token = ''] = presented(answer)
    const verified = verifySdJwtVc({
      token,
      key: importPublicJwk(await issuerKey()),
      now: wallet.clock.now(),
      keyBinding: { nonce, audience: verifier.clientId, maxAgeSeconds: 60 },
    })
    expect(verified).toMatchObject({ ok: true, value: { payload: { grade: 'VG' } } })
    const [header] = String(token.split('~').at(-1)).split('.')
    expect(JSON.parse(Buffer.from(header ?? '', 'base64url').toString())).toMatchObject({
      typ: 'kb+jwt',
      alg: 'ES256',
    })
  })

  it.each<[string, () => object]>([
    ['a query that was not asked', () => ({ other: credentialId })],
    ['a credential that is no candidate', () => ({ course: crypto.randomUUID() })],
    ['several where one was asked for', () => ({ course: [credentialId, credentialId] })],
  ])('refuses a selection of %s, and stays open', async (_what, selection) => {
    const { preview } = await ask()
    const response = await submit(preview.id, { selection: selection() })
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'selection-invalid'])
    expect(verifier.answers).toEqual([])
    expect((await submit(preview.id)).statusCode).toBe(200)
  })

  it.each([
    ['an unknown member', { surplus: 1 }],
    ['a selection that is no object', { selection: 'all' }],
    ['ids that are none', { selection: { course: 'first' } }],
    ['a list of nothing', { selection: { course: [] } }],
  ])('refuses a body with %s', async (_what, body) => {
    const { preview } = await ask()
    const response = await submit(preview.id, body)
    expect([response.statusCode, problemOf(response)]).toEqual([400, 'validation-failed'])
    expect(verifier.answers).toEqual([])
  })

  it('shows no credential that was deleted since the preview', async () => {
    const fleeting = wallet.as()
    const [id] = await receive(fleeting, issuer)
    const { preview } = await ask(fleeting)
    await fleeting.delete(`/v1/credentials/${id}`)
    const response = await submit(preview.id, {}, fleeting)
    expect([response.statusCode, problemOf(response)]).toEqual([409, 'presentation-unsatisfiable'])
    expect(verifier.answers).toEqual([])
  })

  it('answers once, also when sent five times at once (S-01)', async () => {
    const { preview } = await ask()
    const answers = await race(
      wallet,
      { holderId: learner.id, table: 'presentations', id: preview.id },
      Array.from({ length: 5 }, () => () => submit(preview.id)),
    )
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(4)
    expect(verifier.answers).toHaveLength(1)
    const late = await submit(preview.id)
    expect([late.statusCode, problemOf(late)]).toEqual([409, 'presentation-already-answered'])
  })

  it('is not answered again while an answer is under way', async () => {
    const { preview } = await ask()
    let meanwhile: ReturnType<typeof submit> | undefined
    verifier.reset({
      answer: async () => {
        meanwhile ??= submit(preview.id)
        await meanwhile
        return { body: {} }
      },
    })
    expect((await submit(preview.id)).statusCode).toBe(200)
    const second = await meanwhile
    expect([second?.statusCode, second && problemOf(second)]).toEqual([
      409,
      'presentation-in-progress',
    ])
    expect(verifier.answers).toHaveLength(1)
  })

  it('does not answer what has expired', async () => {
    const { preview } = await ask()
    wallet.clock.advance(600)
    for (const verb of ['submit', 'decline']) {
      const response = await learner.post(`/v1/presentations/${preview.id}/${verb}`)
      expect([response.statusCode, problemOf(response)]).toEqual([410, 'presentation-expired'])
    }
    wallet.clock.advance(-600)
    expect(verifier.answers).toEqual([])
  })

  it('does not find the request of another learner', async () => {
    const { preview } = await ask()
    for (const verb of ['submit', 'decline']) {
      const response = await wallet.as().post(`/v1/presentations/${preview.id}/${verb}`)
      expect([response.statusCode, problemOf(response)]).toEqual([404, 'presentation-not-found'])
    }
    expect(verifier.answers).toEqual([])
  })

  it('answers the same to the same idempotency key', async () => {
    verifier.reset({ answer: () => ({ body: { redirect_uri: 'https://hr.example/done#code=1' } }) })
    const { preview } = await ask()
    const headers = { 'idempotency-key': 'submit-of-this-test' }
    const path = `/v1/presentations/${preview.id}/submit`
    const first = await learner.post(path, {}, headers)
    const again = await learner.post(path, {}, headers)
    expect(first.json()).toEqual({
      state: 'submitted',
      redirectUri: 'https://hr.example/done#code=1',
    })
    expect(again.json()).toEqual(first.json())
    expect(verifier.answers).toHaveLength(1)
  })

  it('goes into the history before it is sent, with what was shown and to whom', async () => {
    const showing = wallet.as()
    const [id] = await receive(showing, issuer)
    let itemsWhileSending: unknown
    verifier.reset({
      answer: () => {
        itemsWhileSending = wallet.rows('history')
        return { body: {} }
      },
    })
    const { preview } = await ask(showing)
    await submit(preview.id, {}, showing)
    const { items } = (await showing.get('/v1/history')).json()
    expect(items[0]).toEqual({
      id: expect.any(String),
      at: wallet.clock.now().toISOString(),
      event: 'presented',
      counterpart: {
        identifier: verifier.clientId,
        host: verifier.host,
        name: 'Tredje Arbetsgivaren',
      },
      credentials: [{ credentialId: id, title: 'Kursbevis', disclosed: ['grade'] }],
      presentationId: preview.id,
    })
    const rows = (await itemsWhileSending) as Record<string, unknown>[] // what rows() answered
    expect(rows.filter((row) => row.holder_id === showing.id)).toHaveLength(2)
  })
})

describe('POST /v1/presentations/{presentation}/decline', () => {
  it('tells the verifier access_denied, and nothing else (W-42)', async () => {
    const { preview, state } = await ask()
    const response = await learner.post(`/v1/presentations/${preview.id}/decline`)
    expect([response.statusCode, response.json()]).toEqual([200, { state: 'declined' }])
    expect(verifier.answers[0]?.content).toEqual({ error: 'access_denied', state })
    expect(problemOf(await submit(preview.id))).toBe('presentation-already-answered')
    expect((await learner.get('/v1/history')).json().items[0]).toMatchObject({
      event: 'presentation_declined',
      credentials: [],
    })
  })

  it('sounds the same whether the learner will not or cannot (W-33)', async () => {
    const poor = wallet.as()
    for (const who of [learner, poor]) {
      const { preview } = await ask(who)
      await who.post(`/v1/presentations/${preview.id}/decline`)
    }
    const [rich, without] = verifier.answers.map(({ content: { state: _state, ...rest } }) => rest)
    expect(rich).toEqual(without)
  })

  it('is declined even when the verifier cannot be told', async () => {
    verifier.reset({ answer: () => ({ status: 500 }) })
    const { preview } = await ask()
    const response = await learner.post(`/v1/presentations/${preview.id}/decline`)
    expect([response.statusCode, response.json()]).toEqual([200, { state: 'declined' }])
    expect(problemOf(await submit(preview.id))).toBe('presentation-already-answered')
  })
})

const issuerKey = async () => {
  const response = await fetch(`${issuer.origin}/.well-known/jwt-vc-issuer/school`)
  return Object(await response.json()).jwks.keys[0]
}

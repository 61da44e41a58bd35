import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRequest, present, readRequest } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { aHolder, type HolderKey, startTestIssuer, type TestIssuer } from './test-issuer.ts'
import type { RequestObject } from './test-wallet.ts'

let verifier: TestVerifier
let issuer: TestIssuer
let holder: HolderKey
let credential: string

beforeAll(async () => {
  verifier = await startVerifier()
  issuer = await startTestIssuer({
    certifiedIn: verifier.config.DATA_DIR,
    now: () => verifier.clock.now(),
  })
  holder = aHolder()
  credential = await issuer.issue({ holder })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const answerTo = async (request: RequestObject) => ({
  micro_credential: [await verifier.wallet.present(request, credential, holder)],
})

/** Lets answers get as far as the status list, and no further until all of them are there. */
function holdStatusList() {
  // What is kept of the list is not fresh any more.
  verifier.clock.advance(61)
  const { promise: after, resolve: release } = Promise.withResolvers<void>()
  issuer.answerWith('/exempel/status-lists/1', { after })
  return {
    whileHeld: async <T>(send: () => Promise<T>[], meanwhile: () => void = () => undefined) => {
      const sent = send()
      await sleep(1_000)
      meanwhile()
      release()
      const answers = await Promise.all(sent)
      issuer.answerWith('/exempel/status-lists/1', undefined)
      return answers
    },
  }
}

describe('an answer', () => {
  it.each(['A128GCM', 'A256GCM'])('is taken when encrypted with %s (V-09)', async (enc) => {
    const { id, request } = await openRequest(verifier)
    const response = await verifier.wallet.answer(request, await answerTo(request), { enc })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toEqual({})
    expect(response.headers['content-type']).toContain('application/json')
    expect(response.headers['cache-control']).toBe('no-store')
    expect((await readRequest(verifier, id)).json().report.outcome).toBe('valid')
  })

  it('is taken in the open when that was asked for', async () => {
    const { id, request } = await openRequest(verifier, { responseMode: 'direct_post' })
    const response = await verifier.wallet.postForm(request.response_uri, {
      vp_token: JSON.stringify(await answerTo(request)),
      state: request.state,
      surplus: 'is ignored',
    })
    expect(response.statusCode).toBe(200)
    expect((await readRequest(verifier, id)).json().report.outcome).toBe('valid')
  })

  it('counts once: a second one changes nothing (V-06)', async () => {
    const { id, request } = await openRequest(verifier)
    await verifier.wallet.answer(request, await answerTo(request))
    const before = (await readRequest(verifier, id)).json()
    const second = await verifier.wallet.answer(request, await answerTo(request))
    expect([second.statusCode, second.json().error]).toEqual([400, 'invalid_request'])
    const declined = await verifier.wallet.decline(request)
    expect(declined.statusCode).toBe(400)
    expect((await readRequest(verifier, id)).json()).toEqual(before)
  })

  it('counts once in a race, also across replicas (V-06)', async () => {
    const other = await verifier.another()
    const { id, request } = await openRequest(verifier)
    const vpToken = await answerTo(request)
    const { whileHeld } = holdStatusList()
    const answers = await whileHeld(() =>
      Array.from({ length: 8 }, (_, at) =>
        (at % 2 === 0 ? verifier : other).wallet.answer(request, vpToken),
      ),
    )
    const statuses = answers.map(({ statusCode }) => statusCode).sort()
    expect(statuses).toEqual([200, 400, 400, 400, 400, 400, 400, 400])
    expect((await readRequest(verifier, id)).json().state).toBe('answered')
  })

  it('comes too late when the request expires while it is being verified (V-06)', async () => {
    const { whileHeld } = holdStatusList()
    const { id, request } = await openRequest(verifier, { expiresIn: 60 })
    const vpToken = await answerTo(request)
    const [answer] = await whileHeld(
      () => [verifier.wallet.answer(request, vpToken)],
      () => verifier.clock.advance(60),
    )
    expect([answer?.statusCode, answer?.json().error]).toEqual([400, 'invalid_request'])
    const read = (await readRequest(verifier, id)).json()
    expect(read).toMatchObject({ state: 'expired' })
    expect(read).not.toHaveProperty('report')
  })

  it('is taken by another replica, and after a restart', async () => {
    const { id, request } = await openRequest(verifier)
    const other = await verifier.another()
    const response = await other.wallet.answer(request, await answerTo(request))
    expect(response.statusCode).toBe(200)
    expect((await readRequest(other, id)).json().report.outcome).toBe('valid')
  })

  it('destroys the private key of its request (V-03)', async () => {
    const { id, request } = await openRequest(verifier)
    await verifier.wallet.answer(request, await answerTo(request))
    const row = (await verifier.rows('wallet_requests')).find(({ request_id }) => request_id === id)
    expect(row?.sealed_secrets).toBeNull()
  })

  it('comes too late when the request has expired; its key goes with the next purge (V-03)', async () => {
    const { id, request } = await openRequest(verifier, { expiresIn: 60 })
    verifier.clock.advance(60)
    const response = await verifier.wallet.answer(request, await answerTo(request))
    expect([response.statusCode, response.json().error]).toEqual([400, 'invalid_request'])
    expect((await readRequest(verifier, id)).json()).toMatchObject({ state: 'expired' })
    expect((await readRequest(verifier, id)).json()).not.toHaveProperty('report')
    await verifier.purge()
    const row = (await verifier.rows('wallet_requests')).find(({ request_id }) => request_id === id)
    expect(row?.sealed_secrets).toBeNull()
  })

  it('still fits its request when the certificate has been renewed meanwhile (V-35)', async () => {
    const other = await startVerifier({
      REQUEST_LIFETIME_SECONDS: 86_400,
      SIGNING_CERTIFICATE_DAYS: 2,
    })
    try {
      other.clock.advance(86_400)
      const { id, request } = await openRequest(other)
      other.clock.advance(40_000)
      const renewed = await other.another()
      const { request: newer } = await openRequest(renewed)
      expect(newer.client_id).not.toBe(request.client_id)
      const fresh = await issuer.issue({
        holder,
        issuedAt: other.clock.now(),
        status: undefined,
        expiresAt: new Date(other.clock.now().getTime() + 1_000_000),
      })
      const token = await renewed.wallet.present(request, fresh, holder)
      const response = await renewed.wallet.answer(request, { micro_credential: [token] })
      expect(response.statusCode).toBe(200)
      expect((await readRequest(renewed, id)).json().report.outcome).toBe('valid')
    } finally {
      await other.close()
    }
  })
})

describe('a wallet that says no', () => {
  it.each(['direct_post.jwt', 'direct_post'])(
    'declines in the open with %s (V-07)',
    async (responseMode) => {
      const { id, request } = await openRequest(verifier, { responseMode })
      const response = await verifier.wallet.decline(request, {
        error_description: 'Planterad text',
      })
      expect([response.statusCode, response.json()]).toEqual([200, {}])
      const read = await readRequest(verifier, id)
      expect(read.json()).toMatchObject({ state: 'declined', walletError: 'access_denied' })
      expect(read.body).not.toContain('Planterad')
    },
  )

  it('may encrypt its no', async () => {
    const { id, request } = await openRequest(verifier)
    const content = { error: 'wallet_unavailable', state: request.state }
    const response = await verifier.wallet.encrypt(request, content)
    const answer = await verifier.wallet.postForm(request.response_uri, { response })
    expect(answer.statusCode).toBe(200)
    expect((await readRequest(verifier, id)).json().walletError).toBe('wallet_unavailable')
  })

  it('has its own words kept out', async () => {
    const { id, request } = await openRequest(verifier)
    await verifier.wallet.decline(request, { error: 'Planterad_kod' })
    expect((await readRequest(verifier, id)).json().walletError).toBe('other')
  })
})

describe('several queries', () => {
  const vct = 'urn:eu.europa.ec.eudi:learning:credential:1'
  const query = (id: string) => ({ id, format: 'dc+sd-jwt', meta: { vct_values: [vct] } })

  it('are combined into one report that says which check is whose', async () => {
    const dcql = { credentials: [query('one'), query('two')] }
    const { id, request } = await openRequest(verifier, { dcql })
    const options = { disclose: [] }
    const one = await verifier.wallet.present(request, credential, holder, options)
    const revoked = await issuer.issue({ holder, status: { uri: issuer.statusListUri, idx: 99 } })
    issuer.setStatus(99, 1)
    verifier.clock.advance(61)
    const two = await verifier.wallet.present(request, revoked, holder, options)
    const fresh = await verifier.wallet.present(request, credential, holder, options)
    await verifier.wallet.answer(request, { one: [fresh], two: [two] })
    const { report } = (await readRequest(verifier, id)).json()
    expect(one).not.toBe(fresh)
    expect(report.outcome).toBe('invalid')
    const bad = report.checks.filter(({ outcome }: { outcome: string }) => outcome === 'invalid')
    expect(bad).toHaveLength(1)
    expect(bad[0]).toMatchObject({ code: 'status', evidence: { query: 'two', presentation: 0 } })
  })

  it('take several presentations where they ask for several, each verified by itself (V-12)', async () => {
    const credentials = [
      {
        id: 'all',
        format: 'dc+sd-jwt',
        meta: { vct_values: ['urn:eu.europa.ec.eudi:learning:credential:1'] },
        multiple: true,
      },
    ]
    const { id, request } = await openRequest(verifier, { dcql: { credentials } })
    const stranger = aHolder()
    const good = await verifier.wallet.present(request, credential, holder)
    const stolen = await verifier.wallet.present(request, credential, stranger)
    const answered = await verifier.wallet.answer(request, { all: [good, stolen] })
    expect(answered.statusCode).toBe(200)
    const { report } = (await readRequest(verifier, id)).json()
    expect(report.outcome).toBe('invalid')
    expect(report.microCredentials).toHaveLength(1)
  })

  it('take one claim set, and are not met by parts of two (V-13)', async () => {
    const query = {
      id: 'sets',
      format: 'dc+sd-jwt',
      meta: { vct_values: ['urn:eu.europa.ec.eudi:learning:credential:1'] },
      claims: ['learning_outcomes', 'levels', 'skills'].map((name) => ({ id: name, path: [name] })),
      claim_sets: [['learning_outcomes', 'levels'], ['skills']],
    }
    const show = async (disclose: string[]) => {
      const { id, request } = await openRequest(verifier, { dcql: { credentials: [query] } })
      const token = await verifier.wallet.present(request, credential, holder, { disclose })
      await verifier.wallet.answer(request, { sets: [token] })
      return (await readRequest(verifier, id)).json().report.outcome
    }
    expect(await show(['learning_outcomes', 'levels'])).toBe('valid')
    expect(await show(['skills'])).toBe('valid')
    expect(await show(['learning_outcomes'])).toBe('invalid')
  })

  it('need only one option of a credential set (V-12)', async () => {
    const dcql = {
      credentials: [query('one'), query('two')],
      credential_sets: [{ options: [['one'], ['two']] }],
    }
    const { id, request } = await openRequest(verifier, { dcql })
    const token = await verifier.wallet.present(request, credential, holder, { disclose: [] })
    const response = await verifier.wallet.answer(request, { two: [token] })
    expect(response.statusCode).toBe(200)
    expect((await readRequest(verifier, id)).json().report.outcome).toBe('valid')
  })
})

it('shows what was asked for and nothing else that was disclosed (V-34)', async () => {
  const { report } = await present(verifier, issuer, {
    presentation: { disclose: ['learning_outcomes', 'family_name', 'assessment_grade'] },
  })
  expect(report.outcome).toBe('valid')
  const [shown] = report.microCredentials
  expect(shown).toMatchObject({
    title: 'Datadriven affärsutveckling',
    learningOutcomes: ['kan genomföra en affärsanalys med stöd av data'],
  })
  expect(JSON.stringify(report)).not.toContain('Planteradsson')
  expect(shown).not.toHaveProperty('result')
})

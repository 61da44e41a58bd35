import { createHash, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { importPublicJwk, verifySdJwtVc } from '@mikromerit/credentials'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  previewRequest,
  receive,
  startTrustedIssuer,
  startTrustedVerifier,
} from './support/flow.ts'
import { disclosedIn } from './support/sd-jwt.ts'
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

const ask = async (who = learner) => {
  const request = await verifier.request()
  const response = await previewRequest(who, request.link)
  if (response.statusCode !== 200) throw new Error(response.body)
  return { ...request, preview: response.json() }
}
const submit = (id: string, body?: object, who = learner) =>
  who.post(`/v1/presentations/${id}/submit`, body)
const askFor = (query: object) => ({
  credentials: [{ ...courseQuery.credentials[0], ...query }],
})
const presented = (answer: ReceivedAnswer | undefined, query = 'course'): string[] =>
  Object(answer?.content.vp_token)[query]
const namesIn = (presentation = '') => disclosedIn(presentation).map(([name]) => name)

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

  it('discloses what was asked for, and nothing else', async () => {
    await submit((await ask()).preview.id)
    const [answer] = verifier.answers
    expect(disclosedIn(presented(answer)[0] ?? '')).toEqual([['grade', 'VG']])
    expect(JSON.stringify(answer)).not.toMatch(/Planterad|Hemliga/)
  })

  it('discloses nothing that need not be shown when no claim is asked for (W-32)', async () => {
    verifier.reset({ dcql: askFor({ claims: undefined }) })
    await submit((await ask()).preview.id)
    expect(disclosedIn(presented(verifier.answers[0])[0] ?? '')).toEqual([])
  })

  it.each<[string, unknown[], string[]]>([
    [
      'a nested claim with its parents, not its siblings',
      ['address', 'street'],
      ['address', 'street'],
    ],
    ['a visible claim inside a hidden one', ['address', 'locality'], ['address']],
    ['an object with all it holds', ['address'], ['address', 'street']],
    ['one element of an array', ['outcomes', 1], ['…']],
    ['all elements of an array', ['outcomes', null], ['…', '…']],
    ['a claim that is always visible', ['course'], []],
  ])('discloses %s (W-35)', async (_what, path, names) => {
    verifier.reset({ dcql: askFor({ claims: [{ path }] }) })
    const { preview } = await ask()
    await submit(preview.id)
    expect(namesIn(presented(verifier.answers[0])[0]).sort()).toEqual(names.sort())
    const promised = preview.requested[0].candidates[0].wouldDisclose
    expect(promised).toHaveLength(names.length)
  })

  it.each<[string, object]>([
    ['a claim that is not there', { claims: [{ path: ['absent'] }] }],
    ['a member of what is no object', { claims: [{ path: ['grade', 'x'] }] }],
    ['an element of what is no array', { claims: [{ path: ['grade', 0] }] }],
    ['an element that is not there', { claims: [{ path: ['outcomes', 7] }] }],
    ['another value (W-34)', { claims: [{ path: ['grade'], values: ['MVG'] }] }],
    ['a value of another type', { claims: [{ path: ['grade'], values: [1] }] }],
    ['another type', { meta: { vct_values: ['urn:other'] } }],
    ['another format', { format: 'mso_mdoc', meta: { doctype_value: 'x' } }],
    ['another authority', { trusted_authorities: [{ type: 'aki', values: ['AAAA'] }] }],
    [
      'an authority by a list we cannot read',
      { trusted_authorities: [{ type: 'etsi_tl', values: ['https://x'] }] },
    ],
  ])('has nothing to show for %s', async (_what, query) => {
    verifier.reset({ dcql: askFor(query) })
    const { preview } = await ask()
    expect(preview.satisfiable).toBe(false)
    const response = await submit(preview.id)
    expect([response.statusCode, problemOf(response)]).toEqual([409, 'presentation-unsatisfiable'])
    expect(verifier.answers).toEqual([])
  })

  it('matches a value and an authority that are right', async () => {
    const aki = await authorityKey()
    verifier.reset({
      dcql: askFor({
        claims: [{ path: ['grade'], values: ['G', 'VG'] }],
        trusted_authorities: [{ type: 'aki', values: [aki] }],
      }),
    })
    expect((await submit((await ask()).preview.id)).statusCode).toBe(200)
  })

  it('takes the first claim set that can be met', async () => {
    verifier.reset({
      dcql: askFor({
        claims: [
          { id: 'a', path: ['absent'] },
          { id: 'b', path: ['grade'] },
          { id: 'c', path: ['given_name'] },
        ],
        claim_sets: [['a'], ['b'], ['c']],
      }),
    })
    await submit((await ask()).preview.id)
    expect(namesIn(presented(verifier.answers[0])[0])).toEqual(['grade'])
  })

  it('takes the first option of a credential set that can be met, and no optional set', async () => {
    const [course] = courseQuery.credentials
    verifier.reset({
      dcql: {
        credentials: [
          { ...course, id: 'passport', meta: { vct_values: ['urn:passport'] } },
          course,
          { ...course, id: 'name', claims: [{ path: ['given_name'] }] },
        ],
        credential_sets: [
          { options: [['passport'], ['course']] },
          { options: [['name']], required: false },
        ],
      },
    })
    await submit((await ask()).preview.id)
    expect(Object.keys(Object(verifier.answers[0]?.content.vp_token))).toEqual(['course'])
    await submit((await ask()).preview.id, { selection: { name: credentialId } })
    const [, second] = verifier.answers
    expect(namesIn(presented(second, 'name')[0])).toEqual(['given_name'])
    expect(namesIn(presented(second, 'course')[0])).toEqual(['grade'])
  })

  it('shows several credentials for one query when it takes several and the learner chose', async () => {
    const rich = wallet.as()
    const owned = [...(await receive(rich, issuer)), ...(await receive(rich, issuer))]
    verifier.reset({ dcql: askFor({ multiple: true }) })
    const one = await ask(rich)
    expect(one.preview.requested[0]).toMatchObject({ multiple: true })
    await submit(one.preview.id, {}, rich)
    const all = await ask(rich)
    await submit(all.preview.id, { selection: { course: owned } }, rich)
    expect(verifier.answers.map((answer) => presented(answer).length)).toEqual([1, 2])
    expect(new Set(presented(verifier.answers[1])).size).toBe(2)
  })

  it('shows what is in force rather than what has expired', async () => {
    const careful = wallet.as()
    const [lasting] = await receive(careful, issuer)
    const soon = new Date(wallet.clock.now().getTime() + 60_000)
    issuer.reset({ changeIssued: (parts) => ({ ...parts, expiresAt: soon }) })
    const [fleeting] = await receive(careful, issuer)
    issuer.reset()
    const candidates = async () =>
      (await ask(careful)).preview.requested[0].candidates.map(
        ({ credentialId: id }: { credentialId: string }) => id,
      )
    expect(await candidates()).toEqual([fleeting, lasting])
    wallet.clock.advance(120)
    expect(await candidates()).toEqual([lasting, fleeting])
    wallet.clock.advance(-120)
  })

  it('shows the credential that was selected', async () => {
    const rich = wallet.as()
    const [first] = await receive(rich, issuer)
    await receive(rich, issuer)
    const { preview } = await ask(rich)
    expect(preview.requested[0].candidates).toHaveLength(2)
    await submit(preview.id, { selection: { course: first } }, rich)
    const [token = ''] = presented(verifier.answers[0])
    expect(issuer.issued.at(-2)?.split('~')[0]).toBe(token.split('~')[0])
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
    const answers = await Promise.all(Array.from({ length: 5 }, () => submit(preview.id)))
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(4)
    expect(verifier.answers).toHaveLength(1)
    const late = await submit(preview.id)
    expect([late.statusCode, problemOf(late)]).toEqual([409, 'presentation-already-answered'])
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

async function authorityKey(): Promise<string> {
  const pem = await readFile(`${wallet.config.DATA_DIR}/development/issuing-ca.pem`, 'utf8')
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  // RFC 5280 4.2.1.2, method 1: SHA-1 over the bits of the key, here an uncompressed P-256 point.
  return createHash('sha1').update(spki.subarray(-65)).digest('base64url')
}

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acceptTwice, startTrustedIssuer } from './support/flow.ts'
import type { Answer } from './support/http-server.ts'
import type { IssuerBehaviour } from './support/issuer-behaviour.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
})
let before: Record<string, number>
beforeEach(async () => {
  before = await wallet.counts()
})
afterEach(async () => {
  issuer.reset()
  // Whatever was refused: no credential was kept, and none is in anybody's history.
  const { credentials, history } = await wallet.counts()
  expect({ credentials, history }).toEqual({
    credentials: before.credentials,
    history: before.history,
  })
})
afterAll(async () => {
  await wallet.close()
  await issuer.close()
})

describe('what the issuer answers (W-20)', () => {
  const echoed = 'do-not-repeat-me'
  const at = (path: string, answer: Answer): Partial<IssuerBehaviour> => ({
    answer: (request) => (request.path === path ? answer : undefined),
  })
  const error = (code: string, status = 400): Answer => ({
    status,
    body: { error: code, error_description: echoed },
  })

  it.each<[string, Partial<IssuerBehaviour>, string, RegExp | undefined]>([
    [
      'invalid_client',
      at('/token', error('invalid_client', 401)),
      'issuer-refused',
      /invalid_client/,
    ],
    ['an error of its own making', at('/token', error(echoed)), 'issuer-refused', /another error/],
    [
      'a page',
      at('/token', { status: 400, type: 'text/html', body: echoed }),
      'issuer-refused',
      /another error/,
    ],
    [
      'a token without a type',
      at('/token', { body: { access_token: echoed } }),
      'issuer-refused',
      /another error/,
    ],
    [
      'credential_request_denied',
      at('/credential', error('credential_request_denied')),
      'issuer-refused',
      /credential_request_denied/,
    ],
    [
      'invalid_token',
      at('/credential', error('invalid_token', 401)),
      'issuer-refused',
      /invalid_token/,
    ],
    [
      'two credentials for one key',
      at('/credential', {
        body: { credentials: [{ credential: echoed }, { credential: echoed }] },
      }),
      'issuer-refused',
      /exactly one credential/,
    ],
    [
      'a credential as an object',
      at('/credential', { body: { credentials: [{ credential: { echoed } }] } }),
      'issuer-refused',
      /exactly one credential/,
    ],
    [
      'the form of a draft (S-28)',
      at('/credential', { body: { credential: echoed } }),
      'issuer-refused',
      /exactly one credential/,
    ],
    [
      'something that is not JSON',
      at('/credential', { body: echoed }),
      'issuer-refused',
      /exactly one credential/,
    ],
    [
      'a promise to deliver later',
      at('/credential', { status: 202, body: { transaction_id: echoed, interval: 5 } }),
      'issuance-deferred',
      undefined,
    ],
  ])('is shown plainly, and the offer is dead: %s', async (_what, changes, code, detail) => {
    issuer.reset(changes)
    const { response, again } = await acceptTwice(wallet.as(), issuer)
    expect([response.statusCode, problemOf(response)]).toEqual([502, code])
    if (detail) expect(response.json().detail).toMatch(detail)
    expect(response.body).not.toContain(echoed)
    expect(problemOf(again)).toBe('offer-dead')
  })

  it('with a token for other credentials than were offered brings nothing', async () => {
    issuer.reset({
      answer: ({ path }) =>
        path === '/token'
          ? {
              body: {
                access_token: 'a-token',
                token_type: 'Bearer',
                authorization_details: [
                  {
                    type: 'openid_credential',
                    credential_configuration_id: 'other',
                    credential_identifiers: ['one'],
                  },
                ],
              },
            }
          : undefined,
    })
    const { response } = await acceptTwice(wallet.as(), issuer)
    expect([response.statusCode, problemOf(response)]).toEqual([502, 'issuer-refused'])
    expect(issuer.requests.map(({ path }) => path)).not.toContain('/credential')
  })

  it('with more datasets than one request can take brings nothing', async () => {
    issuer.reset({ credentialIdentifiers: Array.from({ length: 17 }, (_, n) => `dataset-${n}`) })
    const { response } = await acceptTwice(wallet.as(), issuer)
    expect([response.statusCode, problemOf(response)]).toEqual([502, 'issuer-refused'])
    expect(issuer.requests.map(({ path }) => path)).not.toContain('/credential')
  })

  it.each(['/token', '/nonce', '/credential'])(
    'with a redirect at %s is not followed',
    async (path) => {
      issuer.reset(at(path, { status: 307, headers: { location: `${issuer.origin}/elsewhere` } }))
      const { response } = await acceptTwice(wallet.as(), issuer)
      expect(response.statusCode).toBe(502)
      expect(issuer.requests.map((request) => request.path)).not.toContain('/elsewhere')
    },
  )
})

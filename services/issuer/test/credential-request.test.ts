import { openVault } from '@mikromerit/service-kit'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccessToken, createProtocolTokens } from '../src/openid4vci/protocol-tokens.ts'
import { expectOAuthError, expectProblem, unchanged } from './expectations.ts'
import { type Answer, aToken, startIssuer, type TestIssuer } from './support.ts'
import { aHolderKey, readCode } from './wallet.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
  // The first credential opens the status list; refusals after it change nothing.
  for (const organisation of ['ri-se', 'other']) {
    const { offer } = await issuer.givenAward({ organisation })
    await issuer.wallet(organisation).accept(offer)
  }
})
afterAll(() => issuer.close())

async function redeemed(organisation = 'ri-se') {
  const { id, offer } = await issuer.givenAward({ organisation })
  const wallet = issuer.wallet(organisation)
  const token = await wallet.redeem(offer)
  const freshProof = async () => wallet.makeProof({ nonce: await wallet.freshNonce() })
  return { id, wallet, token, freshProof }
}

/** A token of the issuer's own making, as no grant would give it. */
function sealed(changes: Partial<AccessToken>) {
  const tokens = createProtocolTokens(openVault({ config: issuer.config, service: 'issuer' }))
  const soon = new Date(issuer.clock.now().getTime() + 60_000)
  return tokens.sealAccessToken({ organisationId: 'ri-se', authorised: [], ...changes }, soon)
}

const configuration = { credential_configuration_id: 'MicroCredential_sd_jwt_vc' }

describe('an access token', () => {
  it('is needed (I-56)', async () => {
    const { wallet, freshProof } = await redeemed()
    const proof = await freshProof()
    const response = await unchanged(issuer, () => wallet.requestWithProof(undefined, proof))
    expectOAuthError(response, 401, 'invalid_token')
    expect(response.headers['www-authenticate']).toBe('Bearer')
  })

  it('must be ours: not made up, no nonce, no code, no token of our own API (S-02)', async () => {
    const { wallet, token, freshProof } = await redeemed()
    const proof = await freshProof()
    const others = [
      'x',
      `${token.slice(0, -2)}xx`,
      await wallet.freshNonce(),
      proof,
      await aToken('awards:write', 'ri-se'),
    ]
    for (const other of others) {
      const response = await unchanged(issuer, () => wallet.requestWithProof(other, proof))
      expectOAuthError(response, 401, 'invalid_token')
      expect(response.headers['www-authenticate']).toContain('error="invalid_token"')
    }
  })

  it('does not open our own API (S-04)', async () => {
    const { token } = await redeemed()
    const response = await issuer.send('GET', '/v1/organisations/ri-se/awards', { token })
    expectProblem(response, 401, 'unauthorized')
  })

  it('is good at its own issuer only', async () => {
    const { token } = await redeemed()
    const other = await redeemed('other')
    const proof = await other.freshProof()
    const response = await unchanged(issuer, () => other.wallet.requestWithProof(token, proof))
    expectOAuthError(response, 401, 'invalid_token')
  })

  it('lasts five minutes (I-10)', async () => {
    const { wallet, token, freshProof } = await redeemed()
    issuer.clock.advance(301)
    const proof = await freshProof()
    const response = await unchanged(issuer, () => wallet.requestWithProof(token, proof))
    expectOAuthError(response, 401, 'invalid_token')
  })

  it('bound to a key is not taken as a bearer token (I-25)', async () => {
    const { id: awardId, wallet, freshProof } = await redeemed()
    const authorised = [{ configurationId: configuration.credential_configuration_id, awardId }]
    const proof = await freshProof()
    const bound = sealed({ authorised, dpopJkt: 'cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s' })
    const response = await unchanged(issuer, () => wallet.requestWithProof(bound, proof))
    expectOAuthError(response, 401, 'invalid_token')
    // The same token without the binding is good: nothing else was wrong with it.
    expect((await wallet.requestWithProof(sealed({ authorised }), proof)).statusCode).toBe(200)
  })

  it('comes in the header, whose scheme is read without case, and nowhere else (I-56)', async () => {
    const { wallet, token, freshProof } = await redeemed()
    const body = { ...configuration, proofs: { jwt: [await freshProof()] } }
    const inQuery = await unchanged(issuer, () =>
      issuer.send('POST', `/ri-se/credential?access_token=${token}`, { body }),
    )
    expectOAuthError(inQuery, 401, 'invalid_token')
    const inBody = await unchanged(issuer, () =>
      issuer.send('POST', '/ri-se/credential', { body: { ...body, access_token: token } }),
    )
    expectOAuthError(inBody, 401, 'invalid_token')
    expect((await wallet.requestCredential(token, body, 'BEARER')).statusCode).toBe(200)
  })
})

describe('a credential request', () => {
  const requests: [string, string, object][] = [
    [
      'both ways to name it (I-29)',
      'invalid_credential_request',
      { ...configuration, credential_identifier: 'x' },
    ],
    ['no name (I-29)', 'invalid_credential_request', {}],
    [
      'an identifier we never gave (I-29)',
      'invalid_credential_request',
      { credential_identifier: 'x' },
    ],
    [
      'an unknown configuration (I-30)',
      'unknown_credential_configuration',
      { credential_configuration_id: 'Driving' },
    ],
    [
      'the configuration in another type',
      'invalid_credential_request',
      { credential_configuration_id: 1 },
    ],
  ]
  it.each(requests)('is refused with %s', async (_, error, members) => {
    const { wallet, token, freshProof } = await redeemed()
    const body = { ...members, proofs: { jwt: [await freshProof()] } }
    const response = await unchanged(issuer, () => wallet.requestCredential(token, body))
    expectOAuthError(response, 400, error)
  })

  it.each([
    [
      'the old singular proof (I-32)',
      'invalid_proof',
      (jwt: string) => ({ proof: { proof_type: 'jwt', jwt } }),
    ],
    ['no proof (I-33)', 'invalid_proof', () => ({})],
    ['no proof in the array (I-33)', 'invalid_credential_request', () => ({ proofs: { jwt: [] } })],
    ['no array', 'invalid_credential_request', (jwt: string) => ({ proofs: { jwt } })],
    [
      'two types of proof (I-33)',
      'invalid_credential_request',
      (jwt: string) => ({ proofs: { jwt: [jwt], attestation: [jwt] } }),
    ],
    ['another type of proof', 'invalid_proof', () => ({ proofs: { ldp_vp: [{}] } })],
    [
      'two proofs, since no batch is offered (I-07)',
      'invalid_credential_request',
      (jwt: string) => ({ proofs: { jwt: [jwt, jwt] } }),
    ],
  ] satisfies [string, string, (jwt: string) => object][])(
    'is refused with %s',
    async (_, error, proofs) => {
      const { wallet, token, freshProof } = await redeemed()
      const body = { ...configuration, ...proofs(await freshProof()) }
      const response = await unchanged(issuer, () => wallet.requestCredential(token, body))
      expectOAuthError(response, 400, error)
    },
  )

  it('is refused when the token does not cover the credential (I-31)', async () => {
    const { id, wallet, freshProof } = await redeemed()
    const token = sealed({ offerId: id })
    const proof = await freshProof()
    const response = await unchanged(issuer, () => wallet.requestWithProof(token, proof))
    expectOAuthError(response, 403, 'insufficient_scope')
    expect(response.headers['www-authenticate']).toContain('error="insufficient_scope"')
  })

  it('is refused when it asks for an encrypted answer, rather than answered in plain (I-42)', async () => {
    const { wallet, token, freshProof } = await redeemed()
    const encryption = { jwk: aHolderKey().jwk, enc: 'A256GCM' }
    const body = {
      ...configuration,
      proofs: { jwt: [await freshProof()] },
      credential_response_encryption: encryption,
    }
    const response = await unchanged(issuer, () => wallet.requestCredential(token, body))
    expectOAuthError(response, 400, 'invalid_encryption_parameters')
  })

  it('may hold members we do not know, also those of older drafts (I-32, I-46)', async () => {
    const { wallet, token, freshProof } = await redeemed()
    const body = {
      ...configuration,
      format: 'vc+sd-jwt',
      vct: 'x',
      proofs: { jwt: [await freshProof()] },
    }
    expect((await wallet.requestCredential(token, body)).statusCode).toBe(200)
  })

  it('is refused when it is no JSON, or too large', async () => {
    const { token } = await redeemed()
    const send = (body: string) =>
      unchanged(issuer, () => issuer.send('POST', '/ri-se/credential', { token, body }))
    expectOAuthError(await send('{'), 400, 'invalid_credential_request')
    expectOAuthError(await send('[]'), 400, 'invalid_credential_request')
    const large = JSON.stringify({ ...configuration, padding: 'x'.repeat(600_000) })
    expectOAuthError(await send(large), 413, 'invalid_credential_request')
  })
})

describe('a credential request after authorization_details', () => {
  const type = 'openid_credential'
  async function named(...ids: string[]) {
    const { id, offer } = await issuer.givenAward()
    const wallet = issuer.wallet()
    const details = ids.map((each) => ({ type, credential_configuration_id: each }))
    const response = await wallet.requestToken(readCode(offer), {
      authorization_details: JSON.stringify(details),
    })
    const { access_token: token, authorization_details: answered } = response.json()
    const request = async (members: object) => {
      const proof = await wallet.makeProof({ nonce: await wallet.freshNonce() })
      return unchangedOr(() =>
        wallet.requestCredential(token, { ...members, proofs: { jwt: [proof] } }),
      )
    }
    return { id, response, answered, request }
  }
  /** A refusal must change nothing; a credential may. */
  async function unchangedOr(act: () => Promise<Answer>) {
    const before = await issuer.snapshot()
    const response = await act()
    if (response.statusCode !== 200) expect(await issuer.snapshot()).toEqual(before)
    return response
  }

  it('names its credential by the identifier the token response gave (I-16, I-18)', async () => {
    const id = 'MicroCredential_elm'
    const { response, answered, request } = await named(id, id)
    expect(response.statusCode).toBe(200)
    const [identifier] = answered[0].credential_identifiers
    expect(answered).toEqual([
      { type, credential_configuration_id: id, credential_identifiers: [identifier] },
    ])
    const issued = await request({ credential_identifier: identifier })
    expect(issued.statusCode).toBe(200)
    // An ELM credential, not the first of the offer.
    expect(decodeJwt(issued.json().credentials[0].credential).type).toContain(
      'EuropeanDigitalCredential',
    )
  })

  it('is refused when it names its configuration, both or nothing (I-29)', async () => {
    const { answered, request } = await named('MicroCredential_sd_jwt_vc')
    const [identifier] = answered[0].credential_identifiers
    for (const members of [
      configuration,
      { ...configuration, credential_identifier: identifier },
      {},
    ])
      expectOAuthError(await request(members), 400, 'invalid_credential_request')
  })

  it('is refused for an identifier that is not of this token (I-30, I-31)', async () => {
    const { request } = await named('MicroCredential_sd_jwt_vc')
    const other = await named('MicroCredential_sd_jwt_vc')
    for (const identifier of ['x', other.answered[0].credential_identifiers[0]])
      expectOAuthError(
        await request({ credential_identifier: identifier }),
        400,
        'unknown_credential_identifier',
      )
  })
})

describe('a nonce (I-28)', () => {
  it('is given to anyone, without token, body or media type, and never cached', async () => {
    const response = await issuer.wallet().requestNonce()
    expect(response.statusCode).toBe(200)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.json()).toEqual({ c_nonce: expect.any(String) })
    expect(await issuer.wallet().freshNonce()).not.toBe(response.json().c_nonce)
    for (const headers of [
      { 'content-type': 'application/json' },
      { 'content-type': 'text/plain' },
    ]) {
      const other = await issuer.send('POST', '/ri-se/nonce', { body: '', headers })
      expect(other.statusCode).toBe(200)
    }
  })

  it('is not given by GET, nor where nobody issues', async () => {
    const get = await issuer.send('GET', '/ri-se/nonce')
    expect([get.statusCode, get.headers.allow]).toEqual([405, 'OPTIONS, POST'])
    expectOAuthError(await issuer.wallet('nobody').requestNonce(), 404, 'invalid_request')
  })

  it('stores nothing until it is used', async () => {
    await unchanged(issuer, () => issuer.wallet().requestNonce())
  })
})

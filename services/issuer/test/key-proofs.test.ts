import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOAuthError, unchanged } from './expectations.ts'
import { issuerUrl, startIssuer, type TestIssuer } from './support.ts'
import { aHolderKey, type ProofChanges, readCode } from './wallet.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
  const { offer } = await issuer.givenAward()
  await issuer.wallet().accept(offer)
})
afterAll(() => issuer.close())

async function redeemed() {
  const { offer } = await issuer.givenAward()
  return { wallet: issuer.wallet(), token: await issuer.wallet().redeem(offer) }
}

const now = () => Math.floor(issuer.clock.now().getTime() / 1_000)
const key = aHolderKey()
const privateJwk = { ...key.jwk, d: key.privateKey.export({ format: 'jwk' }).d }
const other = aHolderKey()

/** Each is a valid proof but for the one thing its name says. */
const badProofs: [string, () => ProofChanges][] = [
  ['another typ', () => ({ header: { typ: 'JWT' } })],
  ['no typ', () => ({ header: { typ: undefined } })],
  ['no key', () => ({ header: { jwk: undefined } })],
  ['kid in place of jwk', () => ({ header: { jwk: undefined, kid: 'did:key:z#z' } })],
  ['jwk and kid', () => ({ header: { kid: 'one' } })],
  ['jwk and x5c', () => ({ header: { x5c: ['AA=='] } })],
  ['jwk and trust_chain', () => ({ header: { trust_chain: ['x'] } })],
  ['the private key in jwk', () => ({ key, header: { jwk: privateJwk } })],
  ['the jwk of somebody else', () => ({ key, header: { jwk: other.jwk } })],
  ['a symmetric jwk', () => ({ header: { jwk: { kty: 'oct', k: 'AAAA' } } })],
  ['a key of another curve', () => ({ header: { jwk: { ...key.jwk, crv: 'P-384' } } })],
  ['a point off the curve', () => ({ header: { jwk: { ...key.jwk, x: key.jwk.y } } })],
  ['another audience', () => ({ payload: { aud: `${issuerUrl}/other` } })],
  ['the endpoint as audience', () => ({ payload: { aud: `${issuerUrl}/ri-se/credential` } })],
  ['the audience with a slash', () => ({ payload: { aud: `${issuerUrl}/ri-se/` } })],
  ['an array of audiences', () => ({ payload: { aud: [`${issuerUrl}/ri-se`] } })],
  ['no audience', () => ({ payload: { aud: undefined } })],
  ['an iss, though the wallet is anonymous', () => ({ payload: { iss: 'wallet' } })],
  ['no iat', () => ({ payload: { iat: undefined } })],
  ['an iat in words', () => ({ payload: { iat: 'now' } })],
  ['an iat of the past', () => ({ payload: { iat: now() - 301 } })],
  ['an iat of the future', () => ({ payload: { iat: now() + 61 } })],
]

describe('a key proof is refused (I-35, S-03)', () => {
  it.each(badProofs)('with %s', async (_, changes) => {
    const { wallet, token } = await redeemed()
    const proof = await wallet.makeProof({ nonce: await wallet.freshNonce(), ...changes() })
    const response = await unchanged(issuer, () => wallet.requestWithProof(token, proof))
    expectOAuthError(response, 400, 'invalid_proof')
  })

  const forge = (header: object, sign: (input: string) => string) => async (nonce: string) => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const payload = { aud: `${issuerUrl}/ri-se`, iat: now(), nonce }
    const input = `${encode({ typ: 'openid4vci-proof+jwt', jwk: key.jwk, ...header })}.${encode(payload)}`
    return `${input}.${sign(input)}`
  }
  const macOf = (input: string) =>
    createHmac('sha256', JSON.stringify(key.jwk)).update(input).digest('base64url')

  it.each([
    ['alg none', forge({ alg: 'none' }, () => '')],
    ['alg none in capitals', forge({ alg: 'NONE' }, () => '')],
    ['a MAC with the public key', forge({ alg: 'HS256' }, macOf)],
    ['a MAC that claims to be ES256', forge({ alg: 'ES256' }, macOf)],
    ['an algorithm that is not in the metadata', forge({ alg: 'ES384' }, macOf)],
    ['no alg', forge({}, macOf)],
    ['a critical extension', forge({ alg: 'ES256', crit: ['exp'], exp: 1 }, macOf)],
    ['an empty signature', forge({ alg: 'ES256' }, () => '')],
  ])('with %s', async (_, makeProof) => {
    const { wallet, token } = await redeemed()
    const proof = await makeProof(await wallet.freshNonce())
    const response = await unchanged(issuer, () => wallet.requestWithProof(token, proof))
    expectOAuthError(response, 400, 'invalid_proof')
  })

  it('when anything in it was changed after signing', async () => {
    const { wallet, token } = await redeemed()
    const proof = await wallet.makeProof({ nonce: await wallet.freshNonce() })
    const [header = '', , signature = ''] = proof.split('.')
    const payload = { aud: `${issuerUrl}/ri-se`, iat: now(), nonce: await wallet.freshNonce() }
    const changed = Buffer.from(JSON.stringify(payload)).toString('base64url')
    for (const forged of [
      `${header}.${changed}.${signature}`,
      `${proof}A`,
      proof.slice(0, -1),
      'x',
    ]) {
      const response = await unchanged(issuer, () => wallet.requestWithProof(token, forged))
      expectOAuthError(response, 400, 'invalid_proof')
    }
    expect((await wallet.requestWithProof(token, proof)).statusCode).toBe(200)
  })

  it('when its iss is another than the client that redeemed the offer', async () => {
    const { offer } = await issuer.givenAward()
    const wallet = issuer.wallet()
    const { access_token: token } = (
      await wallet.requestToken(readCode(offer), { client_id: 'my-wallet' })
    ).json()
    const proofBy = async (iss: string) =>
      wallet.makeProof({ nonce: await wallet.freshNonce(), payload: { iss } })
    const wrong = await proofBy('your-wallet')
    const refused = await unchanged(issuer, () => wallet.requestWithProof(token, wrong))
    expectOAuthError(refused, 400, 'invalid_proof')
    expect((await wallet.requestWithProof(token, await proofBy('my-wallet'))).statusCode).toBe(200)
  })
})

describe('the nonce of a proof (I-36)', () => {
  it('is needed', async () => {
    const { wallet, token } = await redeemed()
    const proof = await wallet.makeProof()
    const response = await unchanged(issuer, () => wallet.requestWithProof(token, proof))
    expectOAuthError(response, 400, 'invalid_proof')
  })

  it('must be ours, of this issuer, and fresh', async () => {
    const { wallet, token } = await redeemed()
    const own = await wallet.freshNonce()
    const foreign = await issuer.wallet('other').freshNonce()
    const changed = `${own.slice(0, -2)}${own.endsWith('AA') ? 'BB' : 'AA'}`
    for (const nonce of ['made-up', '', changed, foreign, token]) {
      const proof = await wallet.makeProof({ nonce })
      const response = await unchanged(issuer, () => wallet.requestWithProof(token, proof))
      expectOAuthError(response, 400, 'invalid_nonce')
    }
  })

  it('expires', async () => {
    const wallet = issuer.wallet()
    const nonce = await wallet.freshNonce()
    issuer.clock.advance(300)
    const { token } = await redeemed()
    const proof = await wallet.makeProof({ nonce })
    const response = await unchanged(issuer, () => wallet.requestWithProof(token, proof))
    expectOAuthError(response, 400, 'invalid_nonce')
  })

  it('works once: the same proof again, and another proof with it, are refused (S-01)', async () => {
    const { wallet, token } = await redeemed()
    const nonce = await wallet.freshNonce()
    const proof = await wallet.makeProof({ nonce })
    expect((await wallet.requestWithProof(token, proof)).statusCode).toBe(200)
    const second = await redeemed()
    for (const [bearer, again] of [
      [token, proof],
      [token, await wallet.makeProof({ nonce })],
      [second.token, await wallet.makeProof({ nonce })],
    ] as const) {
      const response = await unchanged(issuer, () => wallet.requestWithProof(bearer, again))
      expectOAuthError(response, 400, 'invalid_nonce')
    }
  })

  it('works once when requests race, also on two replicas (S-01)', async () => {
    const replica = await issuer.another()
    // Each replica takes its own block of status indexes first: that is no effect of the race.
    const { offer } = await issuer.givenAward()
    await replica.wallet().accept(offer)
    const { wallet, token } = await redeemed()
    const nonce = await wallet.freshNonce()
    const before = await issuer.count('credentials')
    const races = [wallet, replica.wallet(), wallet, replica.wallet()].map(async (one) =>
      one.requestWithProof(token, await one.makeProof({ nonce })),
    )
    const answers = await Promise.all(races)
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 400, 400, 400])
    for (const answer of answers)
      if (answer.statusCode !== 200) expectOAuthError(answer, 400, 'invalid_nonce')
    expect(await issuer.count('credentials')).toBe(before + 1)
  })

  it('is still used after a restart', async () => {
    const { wallet, token } = await redeemed()
    const proof = await wallet.makeProof({ nonce: await wallet.freshNonce() })
    await wallet.requestWithProof(token, proof)
    const restarted = await issuer.another()
    expectOAuthError(await restarted.wallet().requestWithProof(token, proof), 400, 'invalid_nonce')
  })

  it('is not used up by a proof that was refused for another reason', async () => {
    const { wallet, token } = await redeemed()
    const nonce = await wallet.freshNonce()
    await wallet.requestWithProof(token, await wallet.makeProof({ nonce, header: { typ: 'JWT' } }))
    const proof = await wallet.makeProof({ nonce })
    expect((await wallet.requestWithProof(token, proof)).statusCode).toBe(200)
  })
})

import { X509Certificate } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAward, anAwardingBody, ask, handIn, readReport } from './arrange.ts'
import { aForeignWallet } from './foreign-wallet.ts'
import { type Stack, startStack } from './stack.ts'

const claims = ['learning_outcomes', 'notional_workload', 'levels', 'skills']

describe("a wallet made of other people's software", () => {
  let stack: Stack
  let university: Awaited<ReturnType<typeof anAwardingBody>>
  beforeAll(async () => {
    stack = await startStack()
    university = await anAwardingBody(stack, 'exempeluniversitetet')
  })
  afterAll(() => stack?.close())

  it('accepts an offer with a transaction code, and gets a credential bound to its key', async () => {
    const { offer } = await anAward(stack, university, { txCode: true })
    const wallet = await aForeignWallet()
    const credential = await wallet.receive(offer.credentialOfferUri, offer.txCode)

    const [jwt = ''] = credential.split('~')
    const header = decodeProtectedHeader(jwt)
    const payload = decodeJwt<{ cnf: { jwk: object }; vct: string }>(jwt)
    expect(header).toMatchObject({ typ: 'dc+sd-jwt', alg: 'ES256', kid: expect.any(String) })
    expect(payload).toMatchObject({ iss: university.identifier, vct: expect.any(String) })
    const { x, y } = wallet.publicJwk
    expect(payload.cnf.jwk).toEqual({ kty: 'EC', crv: 'P-256', x, y })
    const [leaf, authority] = (header.x5c ?? []).map(
      (certificate) => new X509Certificate(Buffer.from(certificate, 'base64')),
    )
    expect(header.x5c).toHaveLength(2)
    expect(leaf?.checkIssued(authority as X509Certificate)).toBe(true)
    expect(leaf?.subjectAltName).toBe(`DNS:localhost, URI:${university.identifier}`)
  })

  it.each([
    ['direct_post.jwt', {}],
    ['direct_post', {}],
    ['direct_post.jwt', { clientIdPrefix: 'x509_san_dns', requestUriMethod: 'post' }],
  ])(
    'answers the verifier by %s when it asks with %o (V-02, V-04, V-09)',
    async (responseMode, draft) => {
      const { offer } = await anAward(stack, university)
      const wallet = await aForeignWallet()
      const credential = await wallet.receive(offer.credentialOfferUri)
      const request = await ask(stack, { responseMode, ...draft })
      const { status } = await wallet.present(request.authorizationRequest, credential, claims)

      expect(status).toBe(200)
      const { state, report } = await readReport(stack, request.id)
      expect(state).toBe('answered')
      expect(report?.outcome).toBe('valid')
    },
  )

  it('answers a page that asks through the browser, encrypted (V-08, V-15)', async () => {
    const { offer } = await anAward(stack, university)
    const wallet = await aForeignWallet()
    const credential = await wallet.receive(offer.credentialOfferUri)
    const origin = 'https://employer.example'
    const { id, page, digitalCredentialRequest } = await ask(stack, {
      responseMode: 'dc_api.jwt',
      expectedOrigins: [origin],
    })
    // The page has a code for those whose browser cannot, in the build too.
    const shown = await fetch(`${page}/session`, { method: 'POST' })
    expect(await shown.json()).toMatchObject({ ways: { qrCode: expect.stringMatching(/^<svg/) } })
    if (!digitalCredentialRequest) throw new Error('the verifier asks no browser')
    const data = await wallet.presentToPage(digitalCredentialRequest, origin, credential, claims)
    const { protocol } = digitalCredentialRequest
    const { state, report } = await handIn(stack, id, { protocol, data })
    expect([state, report?.outcome]).toEqual(['answered', 'valid'])
  })

  it('is told invalid when it answers with a credential bound to another key', async () => {
    const { offer } = await anAward(stack, university)
    const [owner, thief] = [await aForeignWallet(), await aForeignWallet()]
    const credential = await owner.receive(offer.credentialOfferUri)
    const request = await ask(stack)
    await thief.present(request.authorizationRequest, credential, claims)

    const { report } = await readReport(stack, request.id)
    expect(report?.outcome).toBe('invalid')
    expect(report?.checks.find(({ outcome }) => outcome === 'invalid')?.code).toBe('key_binding')
  })

  it('cannot use an offer twice', async () => {
    const { offer } = await anAward(stack, university)
    await (await aForeignWallet()).receive(offer.credentialOfferUri)
    await expect((await aForeignWallet()).receive(offer.credentialOfferUri)).rejects.toThrow()
  })
})

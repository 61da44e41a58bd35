import { createPublicKey } from 'node:crypto'
import {
  buildDidJwk,
  findHolderKey,
  learningCredentialVct,
  parsePresentationJwt,
  parseVcJwt,
  signJws,
  verifyVcSignature,
  verifyVpJwt,
} from '@mikromerit/credentials'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AwardAtIssuer, anAward, anAwardAtIssuer, elmTypes } from './support/award-issuer.ts'
import {
  acceptOffer,
  askWith,
  previewRequest,
  startTrustedIssuer,
  startTrustedVerifier,
  submitTo,
} from './support/flow.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import type { ThirdPartyVerifier } from './support/third-party-verifier.ts'
import { type Learner, problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer
let verifier: ThirdPartyVerifier
let award: AwardAtIssuer
let learner: Learner

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
  verifier = await startTrustedVerifier(wallet)
  learner = wallet.as()
  award = anAwardAtIssuer(anAward({}), () => wallet.clock.now())
  issuer.reset(award.behaviour)
  await acceptOffer(learner, issuer.offer())
})
beforeEach(() => verifier.reset(aVerifier([elm])))
afterAll(async () => {
  await wallet.close()
  await issuer.close()
  await verifier.close()
})

const expandedElm = [
  'https://www.w3.org/2018/credentials#VerifiableCredential',
  'http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential',
]
const elm = { id: 'elm', format: 'vc+jwt', meta: { type_values: [expandedElm] } }
const badge = {
  id: 'badge',
  format: 'jwt_vc_json',
  meta: { type_values: [['OpenBadgeCredential']] },
}
const sdJwt = {
  id: 'sd',
  format: 'dc+sd-jwt',
  meta: { vct_values: [learningCredentialVct] },
  claims: [{ path: ['learning_outcomes'] }],
}

const formats = {
  'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] },
  'vc+jwt': { alg_values: ['ES256'] },
  jwt_vc_json: { alg_values: ['ES256'] },
}
const aVerifier = (credentials: object[], sets?: object[], supported: object = formats) => ({
  dcql: { credentials, ...(sets && { credential_sets: sets }) },
  changePayload: (payload: Record<string, unknown>) => ({
    ...payload,
    client_metadata: { ...Object(payload.client_metadata), vp_formats_supported: supported },
  }),
})

/** The presentation of one query, checked as a verifier does. */
const readVp = (query: string, nonce: string) => {
  const [token = ''] = Object(verifier.answers[0]?.content.vp_token)[query]
  const parsed = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
  const [enveloped] = parsed.verifiableCredential
  const vc = parseVcJwt(enveloped.id.slice('data:application/vc+jwt,'.length))
  if (!vc.ok) throw new Error(vc.code)
  const { jwk } = Object(vc.value.jws.payload.cnf)
  const verified = verifyVpJwt({
    token,
    holderKeys: [createPublicKey({ key: jwk, format: 'jwk' })],
    now: wallet.clock.now(),
    request: { audience: verifier.clientId, nonce },
  })
  return { verified, vc: vc.value, payload: parsed }
}

describe('a request for a W3C credential', () => {
  it('is previewed as disclosed whole', async () => {
    const { preview } = await askWith(learner, verifier)
    const [candidate] = preview.requested[0].candidates
    expect(candidate).toMatchObject({ format: 'vc+jwt', disclosedWhole: true, alwaysVisible: [] })
    const paths = candidate.wouldDisclose.map(({ path }: { path: string[] }) => path.join('.'))
    expect(paths).toContain('credentialSubject.hasClaim')
    expect(paths).toContain('credentialSubject.familyName')
  })

  it('is answered with a presentation for this verifier and this request alone', async () => {
    const { preview, nonce } = await askWith(learner, verifier)
    expect((await submitTo(learner, preview.id)).json()).toEqual({ state: 'submitted' })
    const { verified, vc, payload } = readVp('elm', nonce)
    expect(verified).toMatchObject({ ok: true })
    expect(vc.facts.types).toEqual(elmTypes)
    expect(payload).toMatchObject({ aud: verifier.clientId, nonce })
    expect(issuer.issued).toContain(payload.verifiableCredential[0].id.split(',')[1])
  })

  it('finds it by its older format name and by types as they are written', async () => {
    verifier.reset(aVerifier([{ ...elm, format: 'jwt_vc_json' }, badge]))
    const { preview, nonce } = await askWith(learner, verifier)
    await submitTo(learner, preview.id)
    expect(readVp('elm', nonce).verified.ok).toBe(true)
    expect(readVp('badge', nonce).vc.isOpenBadge).toBe(true)
  })

  it('may ask for several, one query each, of both kinds', async () => {
    verifier.reset(aVerifier([elm, badge, sdJwt]))
    const { preview } = await askWith(learner, verifier)
    expect(
      preview.requested.map(({ candidates }: { candidates: [] }) => candidates.length),
    ).toEqual([1, 1, 1])
    await submitTo(learner, preview.id)
    expect(Object.keys(Object(verifier.answers[0]?.content.vp_token)).sort()).toEqual([
      'badge',
      'elm',
      'sd',
    ])
    const { items } = (await learner.get('/v1/history')).json()
    expect(items[0]).toMatchObject({ event: 'presented' })
    expect(items[0].credentials).toHaveLength(3)
    // A VC-JWT was shown whole, and that is what stands there.
    expect(items[0].credentials[0].disclosed).toContain('credentialSubject.familyName')
    expect(items[0].credentials[2].disclosed).toEqual(['learning_outcomes'])
  })

  it('matches claims inside it', async () => {
    const claims = (value: string) => [
      { path: ['credentialSubject', 'achievement', 'name'], values: [value] },
    ]
    verifier.reset(aVerifier([{ ...badge, claims: claims('Datadriven affärsutveckling') }]))
    expect((await askWith(learner, verifier)).preview.satisfiable).toBe(true)
    verifier.reset(aVerifier([{ ...badge, claims: claims('Svetsning') }]))
    expect((await askWith(learner, verifier)).preview.satisfiable).toBe(false)
  })

  it('is not met by another type', async () => {
    verifier.reset(aVerifier([{ ...elm, meta: { type_values: [[...expandedElm, 'x:Other']] } }]))
    expect((await askWith(learner, verifier)).preview.satisfiable).toBe(false)
  })

  it('shows the SD-JWT VC where the verifier takes either, and the other when it is chosen', async () => {
    verifier.reset(aVerifier([elm, sdJwt], [{ options: [['elm'], ['sd']] }]))
    const first = await askWith(learner, verifier)
    await submitTo(learner, first.preview.id)
    expect(Object.keys(Object(verifier.answers[0]?.content.vp_token))).toEqual(['sd'])

    verifier.reset(aVerifier([elm, sdJwt], [{ options: [['elm'], ['sd']] }]))
    const second = await askWith(learner, verifier)
    const [{ credentialId }] = second.preview.requested[0].candidates
    await submitTo(learner, second.preview.id, { selection: { elm: credentialId } })
    expect(Object.keys(Object(verifier.answers[0]?.content.vp_token))).toEqual(['elm'])
  })

  it('is not met by what another learner has', async () => {
    const { preview } = await askWith(wallet.as(), verifier)
    expect(preview.requested[0].candidates).toEqual([])
    const answer = await submitTo(wallet.as(), preview.id)
    expect([answer.statusCode, problemOf(answer)]).toEqual([404, 'presentation-not-found'])
  })

  it.each<[string, object]>([
    ['without types', aVerifier([{ ...elm, meta: {} }])],
    ['with an empty alternative', aVerifier([{ ...elm, meta: { type_values: [[]] } }])],
    ['in a format the verifier does not take', aVerifier([elm], undefined, { 'dc+sd-jwt': {} })],
    [
      'with an algorithm that is not ours',
      aVerifier([elm], undefined, { 'vc+jwt': { alg_values: ['RS256'] } }),
    ],
  ])('%s is refused, and nothing is kept', async (_what, changes) => {
    verifier.reset(changes)
    const before = await wallet.counts()
    const response = await previewRequest(learner, (await verifier.request()).link)
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'request-invalid'])
    expect(await wallet.counts()).toEqual(before)
  })
})

describe('a credential of the older data model', () => {
  it('is held by the key its subject names, and shown in a vp claim', async () => {
    const holder = wallet.as()
    issuer.reset({
      configurations: ['diploma'],
      configure: () => ({
        format: 'jwt_vc_json',
        credential_definition: { type: ['VerifiableCredential', 'Diploma'] },
        cryptographic_binding_methods_supported: ['jwk'],
        proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
      }),
      issueAs: (_id, { identifier, signer, holderKey }) =>
        signJws({
          header: { typ: 'JWT' },
          payload: {
            iss: identifier,
            sub: buildDidJwk(holderKey),
            jti: 'urn:uuid:0190c1a2-0000-7000-8000-0000000000d1',
            nbf: Math.floor(wallet.clock.now().getTime() / 1_000),
            vc: {
              '@context': ['https://www.w3.org/2018/credentials/v1'],
              type: ['VerifiableCredential', 'Diploma'],
              credentialSubject: { degree: 'Svetsare' },
            },
          },
          signer,
          includeX5c: true,
        }),
    })
    const accepted = (await acceptOffer(holder, issuer.offer())).json()
    expect(accepted.credentials).toMatchObject([
      { format: 'jwt_vc_json', types: ['VerifiableCredential', 'Diploma'] },
    ])
    verifier.reset(
      aVerifier([{ id: 'd', format: 'jwt_vc_json', meta: { type_values: [['Diploma']] } }]),
    )
    const { preview, nonce } = await askWith(holder, verifier)
    await submitTo(holder, preview.id)
    const [token = ''] = Object(verifier.answers[0]?.content.vp_token).d
    const presentation = parsePresentationJwt(token)
    const vc = parseVcJwt(issuer.issued[0] ?? '')
    if (!presentation.ok || !vc.ok) throw new Error('not readable')
    expect(presentation.value.credentials).toEqual([
      { mediaType: 'application/vc+jwt', data: issuer.issued[0] },
    ])
    const key = findHolderKey(vc.value)
    const { jws } = presentation.value
    expect(key && verifyVcSignature(jws, key)).toBe(true)
    expect(jws.payload).toMatchObject({
      aud: verifier.clientId,
      nonce,
      iss: vc.value.facts.subjectId,
    })
    verifier.reset(aVerifier([{ ...elm, meta: { type_values: [['Diploma']] } }]))
    expect((await askWith(holder, verifier)).preview.satisfiable).toBe(false)
  })
})

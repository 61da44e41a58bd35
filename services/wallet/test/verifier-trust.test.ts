import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { certificateThumbprint } from '@mikromerit/credentials'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCertifiedSigner, makeDataDir } from './support/authorities.ts'
import {
  previewRequest,
  receive,
  startTrustedIssuer,
  startTrustedVerifier,
} from './support/flow.ts'
import { createSelfSignedSigner } from './support/self-signed.ts'
import { startThirdPartyVerifier, type ThirdPartyVerifier } from './support/third-party-verifier.ts'
import {
  type Answer,
  type Learner,
  problemOf,
  startWallet,
  type TestWallet,
} from './support/wallet.ts'

let wallet: TestWallet
let verifier: ThirdPartyVerifier
let learner: Learner
let before: Record<string, number>

beforeAll(async () => {
  wallet = await startWallet()
  verifier = await startTrustedVerifier(wallet)
  const issuer = await startTrustedIssuer(wallet)
  learner = wallet.as()
  await receive(learner, issuer)
  await issuer.close()
})
beforeEach(async () => {
  before = await wallet.counts()
})
afterEach(async () => {
  // Whatever was refused: nothing was stored and nothing was sent.
  expect(await wallet.counts()).toEqual(before)
  expect(verifier.answers).toEqual([])
  verifier.reset()
})
afterAll(async () => {
  await wallet.close()
  await verifier.close()
})

const preview = (link: string) => previewRequest(learner, link)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const thumbprintOf = (certificate = '') =>
  certificateThumbprint(new X509Certificate(Buffer.from(certificate, 'base64')))

describe('who asks', () => {
  const untrusted = (response: Answer) =>
    expect([response.statusCode, problemOf(response)]).toEqual([403, 'verifier-untrusted'])

  it('is refused under an authority that nobody trusts here', async () => {
    const signer = await createCertifiedSigner(await makeDataDir(), { dns: 'localhost' })
    const stranger = await startThirdPartyVerifier(signer)
    const response = await preview((await stranger.request()).link)
    untrusted(response)
    expect(stranger.answers).toEqual([])
    await stranger.close()
  })

  it('is refused with a certificate that has run out', async () => {
    const signer = await createCertifiedSigner(wallet.config.DATA_DIR, {
      dns: 'localhost',
      notBefore: new Date('2024-01-01'),
      notAfter: new Date('2025-01-01'),
    })
    const late = await startThirdPartyVerifier(signer)
    const response = await preview((await late.request()).link)
    untrusted(response)
    await late.close()
  })

  it('is refused with a certificate signed by itself (W-24)', async () => {
    const lonely = await startThirdPartyVerifier(createSelfSignedSigner())
    const response = await preview((await lonely.request()).link)
    untrusted(response)
    await lonely.close()
  })

  it('is refused with certificates that are none', async () => {
    verifier.reset({ changeHeader: (members) => ({ ...members, x5c: ['AAAA'] }) })
    untrusted(await preview((await verifier.request()).link))
  })

  it('is refused when it brings the trust anchor along (W-24)', async () => {
    const pem = await readFile(`${wallet.config.DATA_DIR}/development/ca-anchor.pem`, 'utf8')
    const anchor = new X509Certificate(pem).raw.toString('base64')
    verifier.reset({
      changeHeader: (members) => ({ ...members, x5c: [...(members.x5c as string[]), anchor] }),
    })
    const response = await preview((await verifier.request()).link)
    untrusted(response)
  })

  it('is refused when the certificate is not the one it is known by (W-24)', async () => {
    const other = await createCertifiedSigner(wallet.config.DATA_DIR, { dns: 'localhost' })
    const impostor = await startTrustedVerifier(wallet, {
      clientId: `x509_hash:${thumbprintOf(other.x5c?.[0])}`,
    })
    const response = await preview((await impostor.request()).link)
    untrusted(response)
    await impostor.close()
  })

  it('is refused when the certificate does not hold its name (W-24)', async () => {
    const impostor = await startTrustedVerifier(wallet, { clientId: 'x509_san_dns:bank.example' })
    const response = await preview((await impostor.request()).link)
    untrusted(response)
    await impostor.close()
  })

  it('is refused when its name is not where the answer would go (W-24, S-18)', async () => {
    const named = await startTrustedVerifier(wallet, {
      prefix: 'x509_san_dns',
      changePayload: (members) => ({ ...members, response_uri: 'https://evil.example/answers' }),
    })
    const response = await preview((await named.request()).link)
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'request-invalid'])
    await named.close()
  })

  it('is refused when another key signed (W-24)', async () => {
    verifier.reset({
      changeSigned: (jwt) =>
        [...jwt.split('.').slice(0, 2), Buffer.alloc(64, 1).toString('base64url')].join('.'),
    })
    const response = await preview((await verifier.request()).link)
    untrusted(response)
  })

  it('is refused when the request was changed after it was signed', async () => {
    verifier.reset({
      changeSigned: (jwt) => {
        const [head, body = '', signature] = jwt.split('.')
        const members = JSON.parse(Buffer.from(body, 'base64url').toString())
        return [head, encode({ ...members, response_uri: 'https://evil.example' }), signature].join(
          '.',
        )
      },
    })
    const response = await preview((await verifier.request()).link)
    untrusted(response)
  })

  it.each<[string, object, string, RegExp | undefined]>([
    [
      'whose answers go elsewhere (S-18)',
      { response_uri: 'https://evil.example/answers' },
      'request-invalid',
      /response_uri is not the client_id/,
    ],
    [
      'with a query that is not JSON',
      { dcql_query: '{' },
      'request-invalid',
      /dcql_query is not JSON/,
    ],
    ['with a transaction', { transaction_data: ['x'] }, 'transaction-data-unsupported', undefined],
  ])('is refused unsigned %s', async (_what, changes, code, detail) => {
    const unsigned = await startTrustedVerifier(wallet, {
      prefix: 'redirect_uri',
      changePayload: (members) => ({ ...members, ...changes }),
    })
    const response = await preview((await unsigned.request()).link)
    expect([response.statusCode, problemOf(response)]).toEqual([422, code])
    if (detail) expect(response.json().detail).toMatch(detail)
    expect(unsigned.answers).toEqual([])
    await unsigned.close()
  })
})

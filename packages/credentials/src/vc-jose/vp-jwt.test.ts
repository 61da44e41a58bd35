import { describe, expect, it } from 'vitest'
import { forgeJwt, keys, now, nowSeconds } from '../../test/forged-token.ts'
import { credentialsContext, forgeVcJwt, legacyContext } from '../../test/forged-vc.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { signVpJwt } from './sign-vp-jwt.ts'
import { verifyVpJwt } from './verify-vp-jwt.ts'

const holder = 'did:example:holder'
const request = { audience: 'x509_hash:abc', nonce: 'n-0S6_WzA2Mj' }
const signer = createSoftwareSigner({ privateKey: keys.holder.privateKey })
const holderKey = importPublicJwk(keys.holder.publicJwk)
const token = forgeVcJwt()
const enveloped = {
  '@context': credentialsContext,
  type: 'EnvelopedVerifiableCredential',
  id: `data:application/vc+jwt,${token}`,
}

const forgeVp = ({ header = {}, payload = {}, key = keys.holder.privateKey } = {}) =>
  forgeJwt({
    header: { typ: 'vp+jwt', cty: 'vp', ...header },
    payload: {
      '@context': [credentialsContext],
      type: ['VerifiablePresentation'],
      holder,
      verifiableCredential: [enveloped],
      aud: request.audience,
      nonce: request.nonce,
      iat: nowSeconds,
      exp: nowSeconds + 60,
      ...payload,
    },
    key,
  })

const verify = (presentation: string) => {
  const verified = verifyVpJwt({ token: presentation, holderKeys: [holderKey], now, request })
  return verified.ok ? 'ok' : verified.code
}

describe('a vp+jwt (V-26)', () => {
  it('gives back the credentials that went in', async () => {
    const credentials = [
      { mediaType: 'application/vc+jwt', data: token },
      { mediaType: 'application/vc+sd-jwt', data: 'a.b.c~' },
    ]
    const expiresAt = new Date(now.getTime() + 60_000)
    const options = { credentials, holder, signer, request, issuedAt: now, expiresAt }
    const presentation = await signVpJwt(options)
    expect(
      verifyVpJwt({ token: presentation, holderKeys: [holderKey], now, request }),
    ).toMatchObject({ ok: true, value: { holder, credentials, expiresAt } })
  })

  it('needs no holder, and may have been asked for by nobody', async () => {
    const credentials = [{ mediaType: 'application/vc+jwt', data: token }]
    const presentation = await signVpJwt({ credentials, signer, issuedAt: now })
    const verified = verifyVpJwt({ token: presentation, holderKeys: [holderKey], now })
    expect(verified).toMatchObject({ ok: true, value: { credentials } })
    expect(verify(presentation)).toBe('audience_mismatch')
  })

  const { id, ...unsecured } = { ...enveloped, type: 'VerifiableCredential' }
  it.for<[string, Parameters<typeof forgeVp>[0], string]>([
    ['as it should be', {}, 'ok'],
    ['with one bare credential', { payload: { verifiableCredential: enveloped } }, 'ok'],
    ['with a holder that is an object', { payload: { holder: { id: holder } } }, 'ok'],
    ['of a credential', { header: { typ: 'vc+jwt' } }, 'typ_unexpected'],
    ['without typ', { header: { typ: undefined } }, 'typ_unexpected'],
    ['with another cty', { header: { cty: 'vc' } }, 'cty_unexpected'],
    ['with a vp claim', { payload: { vp: {} } }, 'vc_claim_unexpected'],
    ['of the older data model', { payload: { '@context': legacyContext } }, 'context_unexpected'],
    ['of another type', { payload: { type: ['VerifiableCredential'] } }, 'presentation_malformed'],
    ['with a holder that is no URI', { payload: { holder: 'me' } }, 'presentation_malformed'],
    ['without credentials', { payload: { verifiableCredential: [] } }, 'presentation_malformed'],
    [
      'with too many credentials',
      { payload: { verifiableCredential: Array(33).fill(enveloped) } },
      'presentation_malformed',
    ],
    [
      'with a credential that nobody signed',
      { payload: { verifiableCredential: [enveloped, unsecured] } },
      'credential_unsecured',
    ],
    [
      'with a credential of another kind of data',
      { payload: { verifiableCredential: { ...enveloped, id: `data:text/html,${token}` } } },
      'credential_unsecured',
    ],
    [
      'with a credential that only looks enveloped',
      { payload: { verifiableCredential: { ...enveloped, type: 'VerifiableCredential' } } },
      'credential_unsecured',
    ],
    ['of another holder in iss', { payload: { iss: 'did:example:other' } }, 'claim_mismatch'],
    ['of a stranger’s key', { key: keys.stranger.privateKey }, 'signature_invalid'],
    ['for somebody else', { payload: { aud: 'x509_hash:other' } }, 'audience_mismatch'],
    ['for several', { payload: { aud: [request.audience] } }, 'audience_mismatch'],
    ['with another nonce', { payload: { nonce: 'other' } }, 'nonce_mismatch'],
    ['that has expired', { payload: { exp: nowSeconds } }, 'expired'],
    ['of the future', { payload: { iat: nowSeconds + 61 } }, 'not_yet_valid'],
    ['with an exp that is a text', { payload: { exp: 'never' } }, 'claim_malformed'],
  ])('%s', ([, forged, expected]) => {
    expect(verify(forgeVp(forged))).toBe(expected)
  })
})

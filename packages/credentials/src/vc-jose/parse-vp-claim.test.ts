import { describe, expect, it } from 'vitest'
import { forgeJwt, keys, nowSeconds } from '../../test/forged-token.ts'
import { credentialsContext, forgeLegacy, forgeVcJwt, legacyContext } from '../../test/forged-vc.ts'
import { parsePresentationJwt } from './parse-vp-claim.ts'

const credential = forgeLegacy()

const forge = ({ vp = {}, claims = {}, header = { typ: 'JWT' } as object } = {}) =>
  forgeJwt({
    header: { ...header },
    payload: {
      iss: 'did:example:holder',
      nonce: 'n',
      aud: 'x509_hash:abc',
      iat: nowSeconds,
      vp: {
        '@context': [legacyContext],
        type: ['VerifiablePresentation'],
        verifiableCredential: [credential],
        ...vp,
      },
      ...claims,
    },
    key: keys.holder.privateKey,
  })

describe('a presentation in a vp claim (VCDM 1.1, 6.3.1)', () => {
  it.for<[string, object]>([
    ['typ JWT', { typ: 'JWT' }],
    ['no typ', {}],
  ])('is taken with %s', ([, header]) => {
    const parsed = parsePresentationJwt(forge({ header }))
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        holder: 'did:example:holder',
        credentials: [{ mediaType: 'application/vc+jwt', data: credential }],
      },
    })
  })

  it.for<[string, Parameters<typeof forge>[0], string]>([
    ['of another typ', { header: { typ: 'at+jwt' } }, 'typ_unexpected'],
    [
      'with the content type of a credential',
      { header: { typ: 'JWT', cty: 'vc' } },
      'cty_unexpected',
    ],
    ['beside a credential', { claims: { vc: {} } }, 'vc_claim_unexpected'],
    ['of the data model 2.0', { vp: { '@context': [credentialsContext] } }, 'context_unexpected'],
    ['that is none', { vp: { type: ['VerifiableCredential'] } }, 'presentation_malformed'],
    [
      'of another holder than its issuer',
      { vp: { holder: 'did:example:other' } },
      'claim_mismatch',
    ],
    ['without a credential', { vp: { verifiableCredential: [] } }, 'presentation_malformed'],
    [
      'with a credential that nobody signed',
      { vp: { verifiableCredential: [{}] } },
      'credential_unsecured',
    ],
  ])('is refused %s', ([, changes, code]) => {
    expect(parsePresentationJwt(forge(changes))).toMatchObject({ ok: false, code })
  })

  it('is never a credential by itself', () => {
    expect(parsePresentationJwt(forgeVcJwt())).toMatchObject({ ok: false, code: 'typ_unexpected' })
    expect(parsePresentationJwt(credential)).toMatchObject({ ok: false, code: 'typ_unexpected' })
  })
})

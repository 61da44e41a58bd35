import { describe, expect, it } from 'vitest'
import { parseCredentialOffer, parseOfferLink } from './parse-offer.ts'

const grantType = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

const anOffer = (changes: object = {}) =>
  JSON.stringify({
    credential_issuer: 'https://issuer.example/org',
    credential_configuration_ids: ['a'],
    grants: { [grantType]: { 'pre-authorized_code': 'code' } },
    ...changes,
  })

const withGrant = (grant: object) =>
  anOffer({ grants: { [grantType]: { 'pre-authorized_code': 'code', ...grant } } })

describe('parseOfferLink', () => {
  it('reads an offer by value and by reference', () => {
    expect(parseOfferLink('openid-credential-offer://?credential_offer=%7B%7D')).toMatchObject({
      value: { by: 'value', json: '{}' },
    })
    expect(
      parseOfferLink('https://wallet.example/offer?credential_offer_uri=https%3A%2F%2Fi.example'),
    ).toMatchObject({ value: { by: 'reference', uri: 'https://i.example' } })
  })

  it.each([
    [
      'both parameters',
      'openid-credential-offer://?credential_offer=%7B%7D&credential_offer_uri=https%3A%2F%2Fx',
    ],
    ['neither parameter', 'openid-credential-offer://?other=1'],
    [
      'a repeated parameter',
      'openid-credential-offer://?credential_offer=%7B%7D&credential_offer=%7B%7D',
    ],
    ['an empty parameter', 'openid-credential-offer://?credential_offer='],
    ['no link', 'not a link'],
  ])('refuses a link with %s (W-01)', (_name, link) => {
    expect(parseOfferLink(link).ok).toBe(false)
  })
})

describe('parseCredentialOffer', () => {
  it('ignores unknown members', () => {
    expect(parseCredentialOffer(anOffer({ x_unknown: { a: 1 } }))).toEqual({
      ok: true,
      value: {
        issuer: 'https://issuer.example/org',
        configurationIds: ['a'],
        preAuthorizedCode: 'code',
      },
    })
  })

  it('asks for a transaction code also when tx_code is empty, as numbers (W-10)', () => {
    expect(parseCredentialOffer(withGrant({ tx_code: {} }))).toMatchObject({
      value: { txCode: { inputMode: 'numeric' } },
    })
  })

  it('cuts a description that is too long to show', () => {
    const offer = parseCredentialOffer(withGrant({ tx_code: { description: 'x'.repeat(500) } }))
    expect(offer.ok && offer.value.txCode?.description?.length).toBe(300)
  })

  it.each([
    ['no ids', anOffer({ credential_configuration_ids: [] })],
    ['repeated ids', anOffer({ credential_configuration_ids: ['a', 'a'] })],
    ['ids that are not texts', anOffer({ credential_configuration_ids: [1] })],
    [
      'the members of draft 11',
      anOffer({ credential_configuration_ids: undefined, credentials: ['a'] }),
    ],
    ['an issuer with a query', anOffer({ credential_issuer: 'https://issuer.example?x=1' })],
    ['an issuer that is no web address', anOffer({ credential_issuer: 'javascript:alert(1)' })],
    ['no grants', anOffer({ grants: undefined })],
    ['only an authorization code', anOffer({ grants: { authorization_code: {} } })],
    ['no code', anOffer({ grants: { [grantType]: {} } })],
    ['an unknown input mode', withGrant({ tx_code: { input_mode: 'voice' } })],
    ['a tx_code that is no object', withGrant({ tx_code: true })],
    [
      'a repeated member',
      '{"credential_issuer":"https://a.example","credential_issuer":"https://b.example"}',
    ],
    ['something else than JSON', 'eyJhbGciOiJub25lIn0.e30.'],
  ])('refuses an offer with %s (W-03)', (_name, json) => {
    expect(parseCredentialOffer(json).ok).toBe(false)
  })
})

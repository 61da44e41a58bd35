import { describe, expect, it } from 'vitest'
import { parseClientIdentifier } from './client-identifier.ts'
import { parseRequestLink } from './parse-request-link.ts'

describe('parseRequestLink', () => {
  it('reads a request by reference, and ignores what stands beside it (W-23)', () => {
    const link =
      'openid4vp://?client_id=x509_hash%3Aabc&request_uri=https%3A%2F%2Fv.example&nonce=ignored'
    expect(parseRequestLink(link)).toEqual({
      ok: true,
      value: {
        kind: 'reference',
        clientId: 'x509_hash:abc',
        requestUri: 'https://v.example',
        method: 'get',
      },
    })
  })

  it('reads a signed request by value and an unsigned one', () => {
    expect(parseRequestLink('openid4vp://?client_id=a&request=jwt')).toMatchObject({
      value: { kind: 'signed', requestObject: 'jwt' },
    })
    expect(parseRequestLink('haip-vp://?client_id=redirect_uri:x&nonce=1')).toMatchObject({
      value: { kind: 'unsigned', parameters: { nonce: '1' } },
    })
  })

  it.each([
    ['no client_id', 'openid4vp://?request_uri=https%3A%2F%2Fv.example'],
    ['a repeated parameter', 'openid4vp://?client_id=a&client_id=b&request=jwt'],
    [
      'request and request_uri',
      'openid4vp://?client_id=a&request=jwt&request_uri=https%3A%2F%2Fv.example',
    ],
    [
      'a method without request_uri',
      'openid4vp://?client_id=a&request=jwt&request_uri_method=post',
    ],
    [
      'another method',
      'openid4vp://?client_id=a&request_uri=https%3A%2F%2Fv.example&request_uri_method=put',
    ],
    [
      'a method in capitals',
      'openid4vp://?client_id=a&request_uri=https%3A%2F%2Fv.example&request_uri_method=POST',
    ],
    ['no link', 'openid4vp'],
  ])('refuses a link with %s (W-27)', (_name, link) => {
    expect(parseRequestLink(link).ok).toBe(false)
  })
})

describe('parseClientIdentifier', () => {
  it('splits at the first colon', () => {
    expect(parseClientIdentifier('redirect_uri:https://v.example/cb')).toEqual({
      prefix: 'redirect_uri',
      value: 'https://v.example/cb',
    })
  })

  it.each([
    'preregistered',
    'origin:https://v.example',
    'decentralized_identifier:did:web:v.example',
    'openid_federation:https://v.example',
    'verifier_attestation:v',
    'x509_san_uri:https://v.example',
    'X509_HASH:abc',
    'x509_hash:',
    'https://v.example',
    ':abc',
  ])('does not take %s (W-26)', (clientId) => {
    expect(parseClientIdentifier(clientId)).toBeUndefined()
  })
})

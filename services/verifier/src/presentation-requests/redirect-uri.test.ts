import { describe, expect, it } from 'vitest'
import { checkRedirectUri } from './redirect-uri.ts'

describe('checkRedirectUri (S-18)', () => {
  it.each(['https://employer.example.se/back?case=1', 'https://localhost/back'])(
    'takes %s',
    (uri) => {
      expect(() => checkRedirectUri(uri, 'production')).not.toThrow()
    },
  )

  it.each(['http://localhost:4000/back', 'http://127.0.0.1/back', 'http://[::1]/back'])(
    'takes %s in development, and never in production',
    (uri) => {
      expect(() => checkRedirectUri(uri, 'development')).not.toThrow()
      expect(() => checkRedirectUri(uri, 'production')).toThrow('redirect-uri-invalid')
    },
  )

  it.each([
    'http://employer.example.se/back',
    'http://localhost.evil.example/back',
    'javascript:alert(1)',
    'openid4vp://x',
    'https://user@employer.example.se/',
    'https://:secret@employer.example.se/',
    'https://employer.example.se/#fragment',
    '/back',
    '',
  ])('refuses %s', (uri) => {
    expect(() => checkRedirectUri(uri, 'development')).toThrow('redirect-uri-invalid')
  })
})

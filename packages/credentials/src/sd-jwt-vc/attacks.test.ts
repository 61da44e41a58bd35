import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importPublicJwk, type PublicJwk } from '../jose/jwk.ts'
import { verifySdJwtVc } from './verify.ts'

const file = join(import.meta.dirname, '../../../../../shared/vectors/sd-jwt/attacks.json')

interface Attacks {
  clock: number
  issuer_jwks: { keys: PublicJwk[] }
  cases: {
    name: string
    expect: 'accept' | 'reject'
    token: string
    requires_key_binding?: boolean
    nonce?: string
    aud?: string
  }[]
}

// What is reported as skipped where the folder is absent.
const absent: Attacks['cases'][number] = { name: 'all of them', expect: 'reject', token: '' }

describe.skipIf(!existsSync(file))('the published attacks on SD-JWT VC (S-12, V-16)', () => {
  const { clock, issuer_jwks, cases } = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Attacks)
    : { clock: 0, issuer_jwks: { keys: [] }, cases: [absent] }
  const key = issuer_jwks.keys.map(importPublicJwk)

  it.for(cases)('$expect: $name', (attack) => {
    const verified = verifySdJwtVc({
      token: attack.token,
      key,
      now: new Date(clock * 1000),
      ...(attack.requires_key_binding && {
        keyBinding: { nonce: attack.nonce ?? '', audience: attack.aud ?? '', maxAgeSeconds: 300 },
      }),
    })
    expect(verified.ok ? 'accept' : 'reject', JSON.stringify(verified.ok || verified.code)).toBe(
      attack.expect,
    )
  })
})

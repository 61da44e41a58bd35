import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importPublicJwk, type PublicJwk, parsePublicJwk } from '../jose/jwk.ts'
import { verifyJws } from '../jose/jws.ts'
import { verifyKeyBinding } from './key-binding.ts'
import { parseSdJwt } from './parse.ts'
import { processSdJwt } from './process.ts'

const file = join(import.meta.dirname, '../../../../../shared/vectors/sd-jwt/rfc9901.json')

interface Vectors {
  issuer_public_jwk: PublicJwk
  vectors: {
    name: string
    token: string
    key_binding?: { nonce: string; aud: string; iat: number; sd_hash: string }
    processed_payload: Record<string, unknown>
  }[]
}

// What is reported as skipped where the folder is absent.
const absent: Vectors['vectors'][number] = {
  name: 'all of them',
  token: '',
  processed_payload: {},
}

describe.skipIf(!existsSync(file))('the vectors of RFC 9901', () => {
  const { issuer_public_jwk, vectors } = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Vectors)
    : { issuer_public_jwk: undefined, vectors: [absent] }

  it.for(vectors)('$name', ({ token, key_binding, processed_payload }) => {
    const sdJwt = parseSdJwt(token)
    if (!sdJwt.ok || !issuer_public_jwk) throw new Error('the vector cannot be read')
    expect(verifyJws(sdJwt.value.jws, importPublicJwk(issuer_public_jwk))).toBe(true)

    const processed = processSdJwt(sdJwt.value)
    if (!processed.ok) throw new Error(processed.code)
    const { _sd_alg: _, ...expected } = processed_payload
    expect(JSON.parse(JSON.stringify(processed.value.payload))).toEqual(expected)

    if (!key_binding) return
    const holderKey = parsePublicJwk((processed_payload.cnf as { jwk: unknown }).jwk)
    if (!holderKey.ok) throw new Error(holderKey.code)
    const bound = verifyKeyBinding({
      sdJwt: sdJwt.value,
      holderKey: holderKey.value,
      nonce: key_binding.nonce,
      audience: key_binding.aud,
      now: new Date(key_binding.iat * 1000),
      maxAgeSeconds: 300,
    })
    expect(bound).toMatchObject({ ok: true })
  })
})

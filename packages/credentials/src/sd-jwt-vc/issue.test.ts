import { describe, expect, it } from 'vitest'
import { keys, now, nowSeconds } from '../../test/forged-token.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { parseSdJwt } from '../sd-jwt/parse.ts'
import { type IssueSdJwtVcOptions, issueSdJwtVc } from './issue.ts'
import { verifySdJwtVc } from './verify.ts'

const x5c = ['MIIB', 'MIIC']
const signer = createSoftwareSigner({ privateKey: keys.issuer.privateKey, x5c })

const issue = (options: Partial<IssueSdJwtVcOptions> = {}) =>
  issueSdJwtVc({
    claims: { given_name: 'Åsa', level: 7 },
    disclosable: ['given_name'],
    vct: 'urn:x',
    issuer: 'https://issuer.example/ri-se',
    id: 'urn:uuid:1',
    issuedAt: now,
    holderKey: keys.holder.publicJwk,
    status: { uri: 'https://issuer.example/status/1', idx: 7 },
    signer,
    ...options,
  })
const jwsOf = (token: string) => {
  const sdJwt = parseSdJwt(token)
  if (!sdJwt.ok) throw new Error(sdJwt.code)
  return sdJwt.value.jws
}

describe('issueSdJwtVc (I-47)', () => {
  it('signs what a verifier must see in the open, and hides the rest', async () => {
    const holderKey = { ...keys.holder.publicJwk, kid: 'device', use: 'sig', alg: 'ES256' }
    const { header, payload } = jwsOf(await issue({ holderKey }))
    const { x, y } = keys.holder.publicJwk
    expect(header).toEqual({ typ: 'dc+sd-jwt', alg: 'ES256', kid: signer.kid, x5c })
    expect(payload).toEqual({
      iss: 'https://issuer.example/ri-se',
      jti: 'urn:uuid:1',
      iat: nowSeconds,
      vct: 'urn:x',
      cnf: { jwk: { kty: 'EC', crv: 'P-256', x, y } },
      status: { status_list: { uri: 'https://issuer.example/status/1', idx: 7 } },
      level: 7,
      _sd: [expect.any(String)],
      _sd_alg: 'sha-256',
    })
  })

  it('makes credentials that verify', async () => {
    const token = await issue({ expiresAt: new Date(now.getTime() + 1000) })
    const verified = verifySdJwtVc({ token, key: importPublicJwk(keys.issuer.publicJwk), now })
    expect(verified).toMatchObject({
      ok: true,
      value: {
        vct: 'urn:x',
        issuer: 'https://issuer.example/ri-se',
        status: { uri: 'https://issuer.example/status/1', idx: 7 },
        unknownStatus: false,
        payload: { given_name: 'Åsa', level: 7 },
      },
    })
  })

  it('is bound to no key when none is told', async () => {
    const { holderKey: _, ...unbound } = {
      ...{ claims: {}, disclosable: [], vct: 'urn:x', issuer: 'https://issuer.example/ri-se' },
      ...{ id: 'urn:uuid:1', issuedAt: now, signer, holderKey: undefined },
    }
    expect(jwsOf(await issueSdJwtVc(unbound)).payload).not.toHaveProperty('cnf')
  })

  it('rounds times down to whole seconds, never into the future', async () => {
    const late = new Date(now.getTime() + 999)
    const { payload } = jwsOf(await issue({ issuedAt: late, expiresAt: late }))
    expect(payload).toMatchObject({ iat: nowSeconds, exp: nowSeconds })
  })

  const visible = ['iss', 'nbf', 'exp', 'cnf', 'vct', 'vct#integrity', 'aka_vcts', 'status']
  it.for(visible)('does not hide %s, neither whole nor in part (F-12)', (claim) => {
    const claims = { [claim]: { part: 1 } }
    expect(() => issue({ claims, disclosable: [claim] })).toThrow(TypeError)
    expect(() => issue({ claims, disclosable: [`${claim}/part`] })).toThrow(TypeError)
  })

  it('lets no claim replace who issued what, when and to whom', async () => {
    const claims = {
      iss: 'https://evil.example',
      jti: 'x',
      iat: 1,
      exp: 1,
      vct: 'urn:evil',
      cnf: {},
    }
    const expiresAt = new Date(now.getTime() + 60_000)
    const { payload } = jwsOf(await issue({ claims, disclosable: [], expiresAt }))
    const { payload: expected } = jwsOf(await issue({ claims: {}, disclosable: [], expiresAt }))
    expect(payload).toEqual(expected)
  })

  it('gives two copies nothing in common but the open claims', async () => {
    const [one, other] = (await Promise.all([issue(), issue()])).map(jwsOf)
    expect(one?.payload._sd).not.toEqual(other?.payload._sd)
  })
})

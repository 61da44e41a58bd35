import { createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keys, now } from '../../test/forged-token.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { buildDidJwk } from './holder-keys.ts'
import { parsePresentationJwt } from './parse-vp-claim.ts'
import { type SignVpClaimOptions, signVpClaimJwt } from './sign-vp-claim.ts'
import { checkVpJwt } from './verify-vp-jwt.ts'

const signer = createSoftwareSigner({ privateKey: keys.holder.privateKey })
const holderKeys = [createPublicKey(keys.holder.privateKey)]
const request = { audience: 'x509_hash:verifier', nonce: 'n-1' }
const options: SignVpClaimOptions = {
  credentials: ['a.b.c'],
  holder: buildDidJwk(keys.holder.publicJwk),
  signer,
  request,
  issuedAt: now,
  expiresAt: new Date(now.getTime() + 60_000),
}

const read = async (changes: Partial<SignVpClaimOptions> = {}) => {
  const parsed = parsePresentationJwt(await signVpClaimJwt({ ...options, ...changes }))
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.value
}

describe('signVpClaimJwt', () => {
  it('is read as a presentation of these credentials for this request', async () => {
    const presentation = await read()
    expect(presentation).toMatchObject({
      holder: options.holder,
      credentials: [{ mediaType: 'application/vc+jwt', data: 'a.b.c' }],
    })
    expect(checkVpJwt(presentation, { holderKeys, now, request }).ok).toBe(true)
  })

  it('names no holder where the credential names none', async () => {
    const { holder: _none, ...others } = options
    const parsed = parsePresentationJwt(await signVpClaimJwt(others))
    expect(parsed.ok && parsed.value.holder).toBeUndefined()
  })

  it('is of no use for another request', async () => {
    const other = { ...request, nonce: 'n-2' }
    expect(checkVpJwt(await read(), { holderKeys, now, request: other })).toMatchObject({
      code: 'nonce_mismatch',
    })
  })
})

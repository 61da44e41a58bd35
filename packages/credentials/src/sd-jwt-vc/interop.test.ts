import { digest, ES256, generateSalt } from '@sd-jwt/crypto-nodejs'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { describe, expect, it } from 'vitest'
import { audience, keys, nonce, now, nowSeconds } from '../../test/forged-token.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { createKeyBindingJwt } from '../sd-jwt/key-binding.ts'
import { parseSdJwt } from '../sd-jwt/parse.ts'
import { selectDisclosures } from '../sd-jwt/select.ts'
import { issueSdJwtVc } from './issue.ts'
import { verifySdJwtVc } from './verify.ts'

// A judge for accepting only: it accepts much that must be refused (see verify.test.ts for refusals).
const library = new SDJwtVcInstance({
  signer: await ES256.getSigner(keys.issuer.privateKey.export({ format: 'jwk' })),
  verifier: await ES256.getVerifier(keys.issuer.publicJwk),
  signAlg: ES256.alg,
  kbSigner: await ES256.getSigner(keys.holder.privateKey.export({ format: 'jwk' })),
  kbVerifier: await ES256.getVerifier(keys.holder.publicJwk),
  kbSignAlg: ES256.alg,
  hasher: digest,
  hashAlg: 'sha-256',
  saltGenerator: generateSalt,
})
const claims = {
  given_name: 'Åsa',
  family_name: 'Öst',
  address: { street: 'Storgatan', city: 'Umeå' },
}
const holder = createSoftwareSigner({ privateKey: keys.holder.privateKey })

describe('@sd-jwt/sd-jwt-vc and we', () => {
  it('it accepts what we issue and present', async () => {
    const token = await issueSdJwtVc({
      claims,
      disclosable: ['given_name', 'family_name', 'address/street', 'address'],
      vct: 'urn:x',
      issuer: 'https://issuer.example',
      id: 'urn:uuid:1',
      issuedAt: now,
      holderKey: keys.holder.publicJwk,
      signer: createSoftwareSigner({ privateKey: keys.issuer.privateKey }),
    })
    const whole = await library.verify(token, { currentDate: nowSeconds })
    expect(whole.payload).toMatchObject(claims)

    const sdJwt = parseSdJwt(token)
    const shown = sdJwt.ok
      ? selectDisclosures(sdJwt.value, [['given_name'], ['address', 'city']])
      : sdJwt
    if (!shown.ok) throw new Error(shown.code)
    const bound = await createKeyBindingJwt({
      sdJwt: shown.value,
      nonce,
      audience,
      issuedAt: now,
      signer: holder,
    })
    const { payload, kb } = await library.verify(shown.value + bound, {
      currentDate: nowSeconds,
      keyBindingNonce: nonce,
      requiredClaimKeys: ['given_name', 'address.city'],
    })
    expect(payload).toMatchObject({ given_name: 'Åsa', address: { city: 'Umeå' } })
    expect(payload).not.toHaveProperty('family_name')
    expect(payload).not.toHaveProperty('address.street')
    expect(kb?.payload).toMatchObject({ aud: audience, nonce })
  })

  it('we accept what it issues and presents', async () => {
    const { x, y } = keys.holder.publicJwk
    const token = await library.issue(
      {
        iss: 'https://issuer.example',
        iat: nowSeconds,
        vct: 'urn:x',
        cnf: { jwk: { kty: 'EC', crv: 'P-256', x, y } },
        ...claims,
        langs: ['sv', 'en'],
      },
      {
        _sd: ['given_name', 'family_name'],
        _sd_decoy: 3,
        address: { _sd: ['street'] },
        langs: { _sd: [0] },
      },
    )
    const presented = await library.present<Record<string, unknown>>(
      token,
      { given_name: true, address: { street: true } },
      { kb: { payload: { iat: nowSeconds, aud: audience, nonce } } },
    )
    const verified = verifySdJwtVc({
      token: presented,
      key: importPublicJwk(keys.issuer.publicJwk),
      now,
      keyBinding: { nonce, audience, maxAgeSeconds: 300 },
    })
    if (!verified.ok) throw new Error(verified.code)
    expect(JSON.parse(JSON.stringify(verified.value.payload))).toMatchObject({
      given_name: 'Åsa',
      address: { street: 'Storgatan', city: 'Umeå' },
      langs: ['en'],
    })
    expect(verified.value.payload).not.toHaveProperty('family_name')
  })
})

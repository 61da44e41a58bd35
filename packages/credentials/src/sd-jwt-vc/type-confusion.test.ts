import { describe, expect, it } from 'vitest'
import { audience, keys, nonce, now } from '../../test/forged-token.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { signJws } from '../jose/jws.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { createKeyBindingJwt, verifyKeyBinding } from '../sd-jwt/key-binding.ts'
import { parseSdJwt } from '../sd-jwt/parse.ts'
import {
  parseStatusListToken,
  signStatusListToken,
  verifyStatusListToken,
} from '../status-list/token.ts'
import { issueSdJwtVc } from './issue.ts'
import { verifySdJwtVc } from './verify.ts'

// One key signs everything and every token holds all claims: only its typ tells what a token is for.
const signer = createSoftwareSigner({ privateKey: keys.issuer.privateKey })
const key = importPublicJwk(keys.issuer.publicJwk)
const uri = 'https://issuer.example/status/1'

const credential = await issueSdJwtVc({
  claims: {},
  disclosable: [],
  vct: 'urn:x',
  issuer: 'https://issuer.example',
  id: 'urn:uuid:1',
  issuedAt: now,
  holderKey: keys.issuer.publicJwk,
  signer,
})
const [credentialJwt = ''] = credential.split('~')
const statusList = await signStatusListToken({
  uri,
  bits: 1,
  bytes: Buffer.alloc(1),
  issuedAt: now,
  signer,
})
const keyBinding = await createKeyBindingJwt({
  sdJwt: credential,
  nonce,
  audience,
  issuedAt: now,
  signer,
})

const payloadOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
const everything = Object.assign({}, ...[credentialJwt, statusList, keyBinding].map(payloadOf))
const otherTypes = [
  'at+jwt',
  'oauth-authz-req+jwt',
  'openid4vci-proof+jwt',
  'entity-statement+jwt',
  'JWT',
]
const others = await Promise.all(
  otherTypes.map(
    async (typ) => [typ, await signJws({ header: { typ }, payload: everything, signer })] as const,
  ),
)
const tokens = {
  'dc+sd-jwt': credentialJwt,
  'statuslist+jwt': statusList,
  'kb+jwt': keyBinding,
  ...Object.fromEntries(others),
}

const verifiers: Record<string, (token: string) => boolean> = {
  'dc+sd-jwt': (token) => verifySdJwtVc({ token: `${token}~`, key, now }).ok,
  'statuslist+jwt': (token) => {
    const parsed = parseStatusListToken(token)
    return parsed.ok && verifyStatusListToken({ token: parsed.value, uri, keys: [key], now }).ok
  },
  'kb+jwt': (token) => {
    const sdJwt = parseSdJwt(`${credential}${token}`)
    const holderKey = keys.issuer.publicJwk
    return (
      sdJwt.ok &&
      verifyKeyBinding({ sdJwt: sdJwt.value, holderKey, nonce, audience, now, maxAgeSeconds: 300 })
        .ok
    )
  },
}

describe('a token of one kind where another is due (S-04)', () => {
  it.for(
    Object.entries(verifiers).flatMap(([due, verify]) =>
      Object.entries(tokens).map(([typ, token]) => ({ due, typ, token, verify })),
    ),
  )('$typ for $due', ({ due, typ, token, verify }) => {
    expect(verify(token)).toBe(typ === due)
  })
})

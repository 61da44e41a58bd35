import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { forgeJwt, keys, now, nowSeconds } from '../../test/forged-token.ts'
import { aCredential, anOpenBadge, names, openBadgeClaims } from '../../test/forged-vc.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { verifySdJwtVc } from '../sd-jwt-vc/verify.ts'
import { parseStatusListToken } from '../status-list/token.ts'
import { verifyVcJwt } from './verify-vc-jwt.ts'
import { verifyVpJwt } from './verify-vp-jwt.ts'

// One key signs everything and every token holds all claims: only its typ tells what a token is for.
const key = importPublicJwk(keys.issuer.publicJwk)
const everything = {
  ...aCredential(),
  type: ['VerifiableCredential', 'VerifiablePresentation'],
  verifiableCredential: { type: 'EnvelopedVerifiableCredential', id: 'data:application/vc+jwt,x' },
  iss: names.issuer,
  sub: names.subject,
  iat: nowSeconds,
  exp: nowSeconds + 60,
  vct: 'urn:x',
  status_list: { bits: 1, lst: deflateSync(Buffer.alloc(1)).toString('base64url') },
}

const kinds = ['vc+jwt', 'vp+jwt', 'dc+sd-jwt', 'statuslist+jwt'] as const
const others = [
  undefined,
  'JWT',
  'kb+jwt',
  'at+jwt',
  'dpop+jwt',
  'vc+sd-jwt',
  'vc+ld+jwt',
  'oauth-authz-req+jwt',
  'openid4vci-proof+jwt',
  'entity-statement+jwt',
]

const verifiers: Record<(typeof kinds)[number], (token: string) => boolean> = {
  'vc+jwt': (token) => verifyVcJwt({ token, keys: [key], now }).ok,
  'vp+jwt': (token) => verifyVpJwt({ token, holderKeys: [key], now }).ok,
  'dc+sd-jwt': (token) => verifySdJwtVc({ token: `${token}~`, key, now }).ok,
  'statuslist+jwt': (token) => parseStatusListToken(token).ok,
}

describe('a token of one kind where another is due (S-04)', () => {
  it.for(
    kinds.flatMap((due) =>
      [...kinds, ...others].map((typ) => ({ due, typ, verify: verifiers[due] })),
    ),
  )('$typ for $due', ({ due, typ, verify }) => {
    expect(verify(forgeJwt({ header: { typ }, payload: everything }))).toBe(typ === due)
  })

  it.for([...kinds, ...others].filter((typ) => typ !== undefined && typ !== 'JWT'))(
    '%s for an Open Badge',
    (typ) => {
      const token = forgeJwt({ header: { typ }, payload: anOpenBadge(openBadgeClaims) })
      expect(verifiers['vc+jwt'](token)).toBe(typ === 'vc+jwt')
    },
  )
})

import { sign } from 'node:crypto'
import { encodeBase64url } from '@mikromerit/credentials'
import { createSampleKey } from '../credentials/sample.ts'

/** Makes key proofs for one Credential Issuer; everything that no nonce changes is prepared. */
export interface ProvingWallet {
  /** The JSON body of a credential request (OpenID4VCI 8.2) with a proof of type jwt. */
  requestCredential(nonce: string): string
}

export function prepareWallet(audience: string): ProvingWallet {
  const { privateKey, signer } = createSampleKey()
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  const header = encodeBase64url(
    JSON.stringify({ alg: 'ES256', typ: 'openid4vci-proof+jwt', jwk: signer.publicJwk }),
  )
  return {
    requestCredential: (nonce) => {
      const iat = Math.floor(Date.now() / 1_000)
      const input = `${header}.${encodeBase64url(JSON.stringify({ aud: audience, iat, nonce }))}`
      const signature = sign('sha256', Buffer.from(input), key).toString('base64url')
      return JSON.stringify({
        credential_configuration_id: 'MicroCredential_sd_jwt_vc',
        proofs: { jwt: [`${input}.${signature}`] },
      })
    },
  }
}

import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import {
  certificateNames,
  importPublicJwk,
  parseJws,
  parsePublicJwk,
  type Signer,
  verifyJws,
} from '@mikromerit/credentials'
import { type CallbackContext, clientAuthenticationAnonymous } from '@openid4vc/oauth2'
import { compactDecrypt, importJWK, type JWK } from 'jose'

/** Callbacks for the issuer and verifier halves of the OpenID libraries: another reader than the wallet. */
export function createServerCallbacks(keys: {
  signer: Signer
  decryptionKey?: JWK
}): CallbackContext & Required<Pick<CallbackContext, 'getX509CertificateMetadata'>> {
  return {
    hash: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
    generateRandom: (length) => randomBytes(length),
    signJwt: async (_signer, { header, payload }) => {
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
      const input = `${encode(header)}.${encode(payload)}`
      const signature = await keys.signer.sign(input)
      return {
        jwt: `${input}.${signature.toString('base64url')}`,
        signerJwk: { ...keys.signer.publicJwk },
      }
    },
    verifyJwt: (signer, { compact }) => {
      const jws = parseJws(compact)
      const jwk = parsePublicJwk(signer.method === 'jwk' ? signer.publicJwk : undefined)
      if (!jws.ok || !jwk.ok || !verifyJws(jws.value, importPublicJwk(jwk.value)))
        return { verified: false }
      return { verified: true, signerJwk: { ...jwk.value } }
    },
    encryptJwe: () => {
      throw new Error('not used')
    },
    decryptJwe: async (jwe) => {
      const { decryptionKey } = keys
      if (!decryptionKey) return { decrypted: false }
      const { plaintext } = await compactDecrypt(jwe, await importJWK(decryptionKey, 'ECDH-ES'))
      return {
        decrypted: true,
        payload: Buffer.from(plaintext).toString(),
        decryptionJwk: { kty: 'EC', ...decryptionKey } as { kty: string },
      }
    },
    clientAuthentication: clientAuthenticationAnonymous(),
    getX509CertificateMetadata: (certificate) => {
      const names = certificateNames(new X509Certificate(Buffer.from(certificate, 'base64')))
      return { sanDnsNames: names.dns, sanUriNames: names.uris }
    },
  }
}

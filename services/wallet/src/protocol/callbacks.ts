import { createHash, randomBytes } from 'node:crypto'
import {
  certificateNames,
  parseJws,
  type Signer,
  verifyCertificatePath,
  verifyJws,
} from '@mikromerit/credentials'
import {
  type CallbackContext,
  clientAuthenticationAnonymous,
  clientAuthenticationNone,
  type Jwk,
} from '@openid4vc/oauth2'
import type { WalletContext } from '../context.ts'
import { decodeCertificate, withoutAnchor } from './certificates.ts'
import { markUnreachable } from './unreachable.ts'

type CallbackSource = Pick<WalletContext, 'outbound' | 'anchors' | 'clock' | 'config'>

/**
 * What the OpenID libraries need from us: every request goes through the guarded client, every
 * signature through the given signers, and no certificate is trusted without one of our anchors.
 */
export function createCallbacks(
  source: CallbackSource,
  signers: readonly Signer[] = [],
): CallbackContext & Required<Pick<CallbackContext, 'fetch' | 'getX509CertificateMetadata'>> {
  return {
    fetch: markUnreachable(source.outbound.fetch),
    hash: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
    generateRandom: (length) => randomBytes(length),
    signJwt: (signer, jwt) => signWith(signers, signer, jwt),
    verifyJwt: (signer, jwt) => verifyByCertificate(source, signer, jwt.compact),
    // Answers are encrypted by presentations/build-answer.ts.
    encryptJwe: () => {
      throw new Error('a library wanted to encrypt')
    },
    // Nothing is encrypted to us: we publish no encryption key.
    decryptJwe: () => ({ decrypted: false }),
    // OpenID4VCI 12.3: without the flag, anonymous pre-authorized requests are not allowed.
    clientAuthentication: (options) =>
      options.authorizationServerMetadata['pre-authorized_grant_anonymous_access_supported'] ===
      true
        ? clientAuthenticationAnonymous()(options)
        : clientAuthenticationNone({ clientId: source.config.OAUTH_CLIENT_ID })(options),
    getX509CertificateMetadata: (certificate) => {
      const names = certificateNames(decodeCertificate(certificate))
      return { sanDnsNames: names.dns, sanUriNames: names.uris }
    },
  }
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

async function signWith(
  signers: readonly Signer[],
  wanted: Parameters<CallbackContext['signJwt']>[0],
  { header, payload }: Parameters<CallbackContext['signJwt']>[1],
): Promise<{ jwt: string; signerJwk: Jwk }> {
  const signer =
    wanted.method === 'jwk'
      ? signers.find(
          ({ publicJwk: { x, y } }) => x === wanted.publicJwk.x && y === wanted.publicJwk.y,
        )
      : undefined
  if (!signer) throw new Error('a library asked for a signature with a key that is not ours')
  const signingInput = `${encode(header)}.${encode(payload)}`
  const signature = await signer.sign(signingInput)
  return {
    jwt: `${signingInput}.${signature.toString('base64url')}`,
    signerJwk: { ...signer.publicJwk },
  }
}

/** Only certificate chains that lead to an anchor of ours verify; keys named by the token itself never do (S-06). */
function verifyByCertificate(
  source: CallbackSource,
  signer: Parameters<CallbackContext['verifyJwt']>[0],
  compact: string,
): ReturnType<CallbackContext['verifyJwt']> {
  if (signer.method !== 'x5c') return { verified: false }
  const x5c = withoutAnchor(signer.x5c, source.anchors)
  const path = verifyCertificatePath({ x5c, anchors: source.anchors, at: source.clock.now() })
  const jws = parseJws(compact)
  if (!path.ok || !jws.ok || !verifyJws(jws.value, path.value.leaf.publicKey)) {
    return { verified: false }
  }
  const { kty = 'EC', crv, x, y } = path.value.leaf.publicKey.export({ format: 'jwk' })
  return { verified: true, signerJwk: { kty, crv, x, y } }
}

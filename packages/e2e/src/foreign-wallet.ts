import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import {
  type CallbackContext,
  clientAuthenticationAnonymous,
  setGlobalConfig,
} from '@openid4vc/oauth2'
import { Openid4vciClient } from '@openid4vc/openid4vci'
import {
  isOpenid4vpAuthorizationRequestDcApi,
  Openid4vpClient,
  type ResolvedOpenid4vpAuthorizationRequest,
} from '@openid4vc/openid4vp'
import { digest, ES256, generateSalt } from '@sd-jwt/crypto-nodejs'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import {
  CompactEncrypt,
  type CompactJWSHeaderParameters,
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose'

/**
 * A wallet made only of other people's software: @openid4vc for the protocols, jose for keys,
 * @sd-jwt for the credential. It shares no line with ours, so what it can do anyone can.
 */
export async function aForeignWallet() {
  setGlobalConfig({ allowInsecureUrls: true })
  const pair = await generateKeyPair('ES256', { extractable: true })
  const privateJwk = await exportJWK(pair.privateKey)
  const publicJwk = await exportJWK(pair.publicKey)
  const callbacks = createCallbacks(privateJwk)

  return {
    publicJwk,
    thumbprint: await calculateJwkThumbprint(publicJwk),

    /** OpenID4VCI 1.0, pre-authorized code flow: from the link to the credential. */
    async receive(credentialOfferUri: string, txCode?: string): Promise<string> {
      const client = new Openid4vciClient({ callbacks })
      const credentialOffer = await client.resolveCredentialOffer(credentialOfferUri)
      const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer)
      const [credentialConfigurationId = ''] = credentialOffer.credential_configuration_ids
      const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
        credentialOffer,
        issuerMetadata,
        ...(txCode === undefined ? {} : { txCode }),
      })
      const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata })
      const { jwt } = await client.createCredentialRequestJwtProof({
        issuerMetadata,
        credentialConfigurationId,
        nonce,
        signer: { method: 'jwk', alg: 'ES256', publicJwk: toJwk(publicJwk) },
      })
      const { credentialResponse } = await client.retrieveCredentials({
        issuerMetadata,
        credentialConfigurationId,
        accessToken: accessTokenResponse.access_token,
        proofs: { jwt: [jwt] },
      })
      const [first] = credentialResponse.credentials ?? []
      if (typeof first !== 'object' || typeof first.credential !== 'string')
        throw new Error('the answer holds no credential')
      return first.credential
    },

    /** OpenID4VP 1.0: authenticates the request and answers it with what it asks for. */
    async present(authorizationRequest: string, credential: string, claims: readonly string[]) {
      const client = new Openid4vpClient({ callbacks })
      const parsed = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest })
      const resolved = await client.resolveOpenId4vpAuthorizationRequest({
        authorizationRequestPayload: parsed.params,
      })
      const { authorizationRequestPayload: request } = resolved
      if (isOpenid4vpAuthorizationRequestDcApi(request)) throw new Error('not asked by a browser')
      const { client_id: audience, nonce } = request
      const presentation = await present(privateJwk, credential, claims, { audience, nonce })
      const answer = await client.createOpenid4vpAuthorizationResponse({
        authorizationRequestPayload: request,
        authorizationResponsePayload: { vp_token: { [queryId(resolved)]: [presentation] } },
        ...(request.response_mode === 'direct_post.jwt' && {
          jarm: {
            encryption: { nonce: newNonce() },
            serverMetadata: jarmMetadata,
          },
        }),
      })
      const { response } = await client.submitOpenid4vpAuthorizationResponse({
        authorizationRequestPayload: request,
        authorizationResponsePayload: answer.authorizationResponsePayload,
        ...(answer.jarm && { jarm: { responseJwt: answer.jarm.responseJwt } }),
      })
      return { status: response.status, request }
    },

    /** OpenID4VP 1.0, appendix A: what the platform's wallet gives the browser for a page of this origin. */
    async presentToPage(
      { data }: { data: Record<string, unknown> },
      origin: string,
      credential: string,
      claims: readonly string[],
    ) {
      const client = new Openid4vpClient({ callbacks })
      const parsed = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: data })
      const resolved = await client.resolveOpenId4vpAuthorizationRequest({
        authorizationRequestPayload: parsed.params,
        origin,
      })
      const { authorizationRequestPayload: request } = resolved
      if (!isOpenid4vpAuthorizationRequestDcApi(request)) throw new Error('not asked by a browser')
      const binding = { audience: `origin:${origin}`, nonce: request.nonce }
      const presentation = await present(privateJwk, credential, claims, binding)
      const answer = await client.createOpenid4vpAuthorizationResponse({
        authorizationRequestPayload: request,
        origin,
        authorizationResponsePayload: { vp_token: { [queryId(resolved)]: [presentation] } },
        jarm: { encryption: { nonce: newNonce() }, serverMetadata: jarmMetadata },
      })
      if (!answer.jarm) throw new Error('the answer is not encrypted')
      return { response: answer.jarm.responseJwt }
    },
  }
}

const newNonce = () => randomBytes(16).toString('base64url')

const jarmMetadata = {
  authorization_signing_alg_values_supported: [],
  authorization_encryption_alg_values_supported: ['ECDH-ES'],
  authorization_encryption_enc_values_supported: ['A128GCM', 'A256GCM'],
}

function queryId({ dcql }: ResolvedOpenid4vpAuthorizationRequest): string {
  const [query] = Object(dcql?.query).credentials ?? []
  if (typeof query?.id !== 'string') throw new Error('the request holds no DCQL query')
  return query.id
}

async function present(
  privateJwk: JWK,
  credential: string,
  claims: readonly string[],
  { audience, nonce }: { audience: string; nonce: string },
) {
  const library = new SDJwtVcInstance({
    kbSigner: await ES256.getSigner(privateJwk),
    kbSignAlg: 'ES256',
    hasher: digest,
    saltGenerator: generateSalt,
  })
  const frame = Object.fromEntries(claims.map((name) => [name, true]))
  return library.present<Record<string, unknown>>(credential, frame, {
    kb: { payload: { iat: Math.floor(Date.now() / 1000), aud: audience, nonce } },
  })
}

/** The public EC members; the libraries disagree about the types of the others. */
const toJwk = ({
  kty = 'EC',
  crv,
  x,
  y,
}: Partial<Record<'kty' | 'crv' | 'x' | 'y', string | undefined>>) => ({
  kty,
  ...(crv && { crv }),
  ...(x && { x }),
  ...(y && { y }),
})

/** The one library writes undefined where the other wants nothing. */
const withoutUndefined = (header: object): CompactJWSHeaderParameters =>
  JSON.parse(JSON.stringify(header))

const createCallbacks = (privateJwk: JWK): CallbackContext => ({
  hash: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
  generateRandom: (length) => randomBytes(length),
  signJwt: async (_signer, { header, payload }) => ({
    jwt: await new CompactSign(Buffer.from(JSON.stringify(payload)))
      .setProtectedHeader(withoutUndefined({ ...header, alg: 'ES256' }))
      .sign(await importJWK(privateJwk, 'ES256')),
    signerJwk: toJwk(privateJwk),
  }),
  // Which anchors to trust is the wallet's own affair; here the signature under the leaf is what counts.
  verifyJwt: async (signer, { compact }) => {
    if (signer.method !== 'x5c') return { verified: false }
    const [leaf = ''] = signer.x5c
    const key = new X509Certificate(Buffer.from(leaf, 'base64')).publicKey
    await compactVerify(compact, key)
    return { verified: true, signerJwk: toJwk(key.export({ format: 'jwk' })) }
  },
  encryptJwe: async ({ publicJwk, enc, alg }, plaintext) => ({
    jwe: await new CompactEncrypt(Buffer.from(plaintext))
      .setProtectedHeader({ alg, enc, ...(publicJwk.kid && { kid: publicJwk.kid }) })
      .encrypt(await importJWK(toJwk(publicJwk), alg)),
    encryptionJwk: publicJwk,
  }),
  decryptJwe: () => ({ decrypted: false }),
  clientAuthentication: clientAuthenticationAnonymous(),
  getX509CertificateMetadata: (certificate) => {
    const names = new X509Certificate(Buffer.from(certificate, 'base64')).subjectAltName ?? ''
    const pick = (kind: string) =>
      names.split(', ').flatMap((name) => (name.startsWith(kind) ? [name.slice(kind.length)] : []))
    return { sanDnsNames: pick('DNS:'), sanUriNames: pick('URI:') }
  },
})

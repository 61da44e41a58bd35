import { X509Certificate } from 'node:crypto'
import { createKeyBindingJwt, parseSdJwt, selectDisclosures } from '@mikromerit/credentials'
import type { App } from '@mikromerit/service-kit'
import { CompactEncrypt, importJWK, type JWK, jwtVerify } from 'jose'
import type { HolderKey } from './test-issuer.ts'

/** A request object as a wallet reads it. */
export interface RequestObject {
  readonly header: Record<string, unknown>
  readonly client_id: string
  readonly response_uri: string
  readonly nonce: string
  readonly state: string
  readonly client_metadata: {
    readonly jwks?: { readonly keys: readonly JWK[] }
    readonly [name: string]: unknown
  }
  readonly dcql_query: { readonly credentials: readonly { readonly id: string }[] }
  readonly [name: string]: unknown
}

export interface PresentationChanges {
  readonly nonce?: string
  readonly audience?: string
  readonly issuedAt?: Date
  /** Names of the claims shown; default: the four of the standard question. */
  readonly disclose?: readonly string[]
}

export interface EncryptionChanges {
  readonly enc?: string
  readonly alg?: string
  readonly kid?: string
  readonly header?: Record<string, unknown>
}

export type TestWallet = ReturnType<typeof aWallet>

/** The wallet's side of OpenID4VP 1.0, written by hand and with another JOSE library: it can also do it wrong. */
export function aWallet(app: App, now: () => Date) {
  const pathOf = (url: string) => new URL(url).pathname
  const postForm = (url: string, fields: Record<string, string> | string) =>
    app.inject({
      method: 'POST',
      url: pathOf(url),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
    })

  const wallet = {
    postForm,
    getRequest: (requestUri: string) => app.inject({ method: 'GET', url: pathOf(requestUri) }),

    /** Fetches and authenticates a request, as HAIP demands. */
    async open(authorizationRequest: string): Promise<RequestObject> {
      const parameters = new URL(authorizationRequest).searchParams
      const response = await wallet.getRequest(parameters.get('request_uri') ?? '')
      const request = await readRequestObject(response.body, now())
      if (request.client_id !== parameters.get('client_id')) throw new Error('client_id differs')
      return request
    },

    /** An SD-JWT+KB that shows some claims. */
    async present(
      request: RequestObject,
      credential: string,
      holder: HolderKey,
      changes: PresentationChanges = {},
    ): Promise<string> {
      const names = changes.disclose ?? [
        'learning_outcomes',
        'notional_workload',
        'levels',
        'skills',
      ]
      const parsed = parseSdJwt(credential)
      if (!parsed.ok) throw new Error(parsed.detail)
      const selected = selectDisclosures(
        parsed.value,
        names.map((name) => [name]),
      )
      if (!selected.ok) throw new Error(selected.detail)
      const keyBinding = await createKeyBindingJwt({
        sdJwt: selected.value,
        nonce: changes.nonce ?? request.nonce,
        audience: changes.audience ?? request.client_id,
        issuedAt: changes.issuedAt ?? now(),
        signer: holder.signer,
      })
      return `${selected.value}${keyBinding}`
    },

    async encrypt(request: RequestObject, content: object, changes: EncryptionChanges = {}) {
      const [key] = request.client_metadata.jwks?.keys ?? []
      if (!key) throw new Error('The request has no encryption key')
      return new CompactEncrypt(Buffer.from(JSON.stringify(content)))
        .setProtectedHeader({
          alg: changes.alg ?? 'ECDH-ES',
          enc: changes.enc ?? 'A128GCM',
          kid: changes.kid ?? key.kid ?? '',
          ...changes.header,
        })
        .encrypt(await importJWK(key, 'ECDH-ES'))
    },

    /** Answers encrypted, as direct_post.jwt wants it. */
    async answer(
      request: RequestObject,
      vpToken: unknown,
      { state = request.state, ...changes }: EncryptionChanges & { state?: string } = {},
    ) {
      const response = await wallet.encrypt(request, { vp_token: vpToken, state }, changes)
      return postForm(request.response_uri, { response })
    },

    decline: (request: RequestObject, fields: Record<string, string> = {}) =>
      postForm(request.response_uri, { error: 'access_denied', state: request.state, ...fields }),
  }
  return wallet
}

/** Verifies a request object by the certificate it carries, and the client identifier by that certificate. */
export async function readRequestObject(token: string, now: Date): Promise<RequestObject> {
  const [encodedHeader = ''] = token.split('.')
  const header = JSON.parse(Buffer.from(encodedHeader, 'base64url').toString())
  const leaf = new X509Certificate(Buffer.from(header.x5c[0], 'base64'))
  const { payload } = await jwtVerify(token, leaf.publicKey, {
    typ: 'oauth-authz-req+jwt',
    audience: 'https://self-issued.me/v2',
    currentDate: now,
  })
  return { header, ...payload } as unknown as RequestObject
}

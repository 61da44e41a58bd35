import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'

type Inject = (request: {
  method: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  payload?: string
}) => Promise<LightMyRequestResponse>

export const preAuthorizedCodeGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** A key pair as a wallet makes one for each credential. */
export interface HolderKey {
  readonly privateKey: KeyObject
  readonly jwk: { kty: string; crv: string; x: string; y: string }
}

export function aHolderKey(): HolderKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  // An EC public key exports to exactly these members.
  return { privateKey, jwk: publicKey.export({ format: 'jwk' }) as HolderKey['jwk'] }
}

export interface ProofChanges {
  readonly key?: HolderKey
  readonly nonce?: string
  readonly header?: Record<string, unknown>
  readonly payload?: Record<string, unknown>
}

/** The protocol side of a wallet, written by hand from OpenID4VCI 1.0: it can also do it wrong. */
export function aWallet(inject: Inject, issuer: string, now: () => Date) {
  const { origin, pathname } = new URL(issuer)
  const pathOf = (url: string) => url.slice(origin.length)
  const post = (path: string, payload: string | undefined, headers: Record<string, string>) =>
    inject({
      method: 'POST',
      url: `${pathname}${path}`,
      headers,
      ...(payload === undefined ? {} : { payload }),
    })

  const wallet = {
    get: (url: string, headers: Record<string, string> = {}) =>
      inject({ method: 'GET', url: pathOf(url), headers }),

    readOffer(credentialOfferUri: string) {
      const reference = new URL(credentialOfferUri).searchParams.get('credential_offer_uri')
      return wallet.get(reference ?? '')
    },

    requestToken: (code: string, changes: Record<string, string> = {}) =>
      wallet.requestTokenWith({
        grant_type: preAuthorizedCodeGrant,
        'pre-authorized_code': code,
        ...changes,
      }),

    requestTokenWith: (form: Record<string, string>) =>
      post('/token', new URLSearchParams(form).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
      }),

    requestNonce: () => post('/nonce', undefined, {}),

    async freshNonce(): Promise<string> {
      return (await wallet.requestNonce()).json().c_nonce
    },

    async makeProof({ key = aHolderKey(), nonce, header, payload }: ProofChanges = {}) {
      const claims: JWTPayload = {
        aud: issuer,
        iat: Math.floor(now().getTime() / 1000),
        ...(nonce === undefined ? {} : { nonce }),
        ...payload,
      }
      // Tests put into the header what they want refused.
      const protectedHeader = {
        typ: 'openid4vci-proof+jwt',
        alg: 'ES256',
        jwk: key.jwk,
        ...header,
      } as JWTHeaderParameters
      return new SignJWT(withoutUndefined(claims))
        .setProtectedHeader(withoutUndefined(protectedHeader))
        .sign(key.privateKey)
    },

    requestCredential: (token: string | undefined, body: unknown, scheme = 'Bearer') =>
      post('/credential', JSON.stringify(body), {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `${scheme} ${token}` }),
      }),

    requestWithProof: (token: string | undefined, ...jwt: string[]) =>
      wallet.requestCredential(token, {
        credential_configuration_id: 'MicroCredential_sd_jwt_vc',
        proofs: { jwt },
      }),

    notify: (token: string | undefined, body: unknown) =>
      post('/notification', JSON.stringify(body), {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      }),

    /** The whole flow from an offer to the credential response. */
    async accept(offer: OfferLike, key = aHolderKey()) {
      const token = await wallet.redeem(offer)
      const proof = await wallet.makeProof({ key, nonce: await wallet.freshNonce() })
      const response = await wallet.requestWithProof(token, proof)
      const { credentials, notification_id: notificationId } = response.json()
      return { token, notificationId, credential: credentials?.[0]?.credential, response }
    },

    /** One credential of a redeemed offer, with a nonce and a proof of its own. */
    async fetchCredential(token: string, configurationId: string, key = aHolderKey()) {
      const proof = await wallet.makeProof({ key, nonce: await wallet.freshNonce() })
      const response = await wallet.requestCredential(token, {
        credential_configuration_id: configurationId,
        proofs: { jwt: [proof] },
      })
      return { response, credential: String(response.json().credentials?.[0]?.credential) }
    },

    /** Everything an offer lists, in one run: one token, a request for each. */
    async acceptAll(offer: OfferLike & AnyOffer, key = aHolderKey()) {
      const token = await wallet.redeem(offer)
      const fetched = new Map<string, string>()
      for (const id of offer.credentialOffer.credential_configuration_ids)
        fetched.set(id, (await wallet.fetchCredential(token, id, key)).credential)
      return fetched
    },

    async redeem(offer: OfferLike): Promise<string> {
      const code = readCode(offer)
      const txCode = offer.txCode ? { tx_code: offer.txCode } : {}
      return (await wallet.requestToken(code, txCode)).json().access_token
    },
  }
  return wallet
}

export type TestWallet = ReturnType<typeof aWallet>

export interface OfferLike {
  readonly credentialOffer: { readonly grants: Record<string, Record<string, unknown>> }
  readonly txCode?: string | undefined
}

interface AnyOffer {
  readonly credentialOffer: { readonly credential_configuration_ids: readonly string[] }
}

export const readCode = (offer: OfferLike) =>
  String(offer.credentialOffer.grants[preAuthorizedCodeGrant]?.['pre-authorized_code'])

const withoutUndefined = <T extends object>(object: T): T =>
  // The same members less the undefined ones.
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T

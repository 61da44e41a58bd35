import { createSealedTokens, newId, type Vault } from '@mikromerit/service-kit'

/** One credential a wallet may fetch: an award, as one credential configuration shows it. */
export interface AuthorisedCredential {
  readonly configurationId: string
  readonly awardId: string
  /** There exactly when the token response named it: the wallet must then ask by it (I-16, I-29). */
  readonly credentialIdentifier?: string
}

/** What a wallet may fetch with an access token. */
export interface AccessToken {
  readonly organisationId: string
  readonly authorised: readonly AuthorisedCredential[]
  /** The offer that was redeemed for it; absent when there was none. */
  readonly offerId?: string
  /** After sign-in: it is worth something as long as this authorization stands (I-21). */
  readonly authorizationId?: string
  /** Absent when the wallet stayed anonymous. */
  readonly clientId?: string
  /** RFC 9449 6: thumbprint of the key it is bound to. Such a token is never taken as a bearer token (I-25). */
  readonly dpopJkt?: string
}

/** A refresh token: the one of its authorization that was given last (RFC 6749 6). */
export interface RefreshToken {
  readonly organisationId: string
  readonly authorizationId: string
  readonly generation: number
}

/** A c_nonce: proves that a key proof was made for this issuer, recently. */
export interface Nonce {
  readonly organisationId: string
  readonly id: string
  readonly expiresAt: Date
}

type Opened<T> = { ok: true; value: T } | { ok: false }

/** The tokens of the protocol: sealed, self-contained, each good for one purpose and one issuer (S-02). */
export interface ProtocolTokens {
  sealAccessToken(token: AccessToken, expiresAt: Date): string
  openAccessToken(token: string, organisationId: string, now: Date): Opened<AccessToken>
  sealRefreshToken(token: RefreshToken, expiresAt: Date): string
  openRefreshToken(token: string, organisationId: string, now: Date): Opened<RefreshToken>
  sealNonce(organisationId: string, expiresAt: Date): string
  openNonce(nonce: string, organisationId: string, now: Date): Opened<Nonce>
}

interface NoncePayload {
  readonly organisationId: string
  readonly id: string
  readonly expiresAt: number
}

export function createProtocolTokens(vault: Vault): ProtocolTokens {
  // The purpose is part of the key: a nonce does not even decrypt as an access token.
  const accessTokens = createSealedTokens<AccessToken>(vault, 'openid4vci/access-token')
  const refreshTokens = createSealedTokens<RefreshToken>(vault, 'openid4vci/refresh-token')
  const nonces = createSealedTokens<NoncePayload>(vault, 'openid4vci/c-nonce')
  return {
    sealAccessToken: (token, expiresAt) => accessTokens.issue(token, expiresAt),
    openAccessToken(token, organisationId, now) {
      const opened = accessTokens.open(token, now)
      if (!opened.ok || opened.value.organisationId !== organisationId) return { ok: false }
      return { ok: true, value: opened.value }
    },
    sealRefreshToken: (token, expiresAt) => refreshTokens.issue(token, expiresAt),
    openRefreshToken(token, organisationId, now) {
      const opened = refreshTokens.open(token, now)
      if (!opened.ok || opened.value.organisationId !== organisationId) return { ok: false }
      return { ok: true, value: opened.value }
    },
    sealNonce: (organisationId, expiresAt) =>
      nonces.issue({ organisationId, id: newId(), expiresAt: expiresAt.getTime() }, expiresAt),
    openNonce(nonce, organisationId, now) {
      const opened = nonces.open(nonce, now)
      if (!opened.ok || opened.value.organisationId !== organisationId) return { ok: false }
      const { id, expiresAt } = opened.value
      return { ok: true, value: { organisationId, id, expiresAt: new Date(expiresAt) } }
    },
  }
}

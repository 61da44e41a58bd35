import { vi } from 'vitest'
import { createCertifiedSigner } from './authorities.ts'
import type { IssuerBehaviour } from './issuer-behaviour.ts'
import { startThirdPartyIssuer, type ThirdPartyIssuer } from './third-party-issuer.ts'
import {
  startThirdPartyVerifier,
  type ThirdPartyVerifier,
  type VerifierBehaviour,
} from './third-party-verifier.ts'
import type { Learner, TestWallet } from './wallet.ts'

/** An issuer whose certificate the wallet trusts, and names the issuer. */
export const startTrustedIssuer = (
  { config, clock }: TestWallet,
  changes: Partial<IssuerBehaviour> = {},
): Promise<ThirdPartyIssuer> =>
  startThirdPartyIssuer(
    (identifier) => createCertifiedSigner(config.DATA_DIR, { uri: identifier, dns: 'localhost' }),
    // The wallet's clock stands still: an issuer that goes on would soon be in the future.
    { now: () => clock.now(), ...changes },
  )

/** A verifier whose certificate the wallet trusts. */
export const startTrustedVerifier = async (
  { config }: TestWallet,
  changes: Partial<VerifierBehaviour> = {},
): Promise<ThirdPartyVerifier> =>
  startThirdPartyVerifier(
    await createCertifiedSigner(config.DATA_DIR, {
      dns: 'localhost',
      commonName: 'Tredje Arbetsgivaren AB',
    }),
    changes,
  )

export const previewOffer = (learner: Learner, credentialOffer: string) =>
  learner.post('/v1/offers', { credentialOffer })

/** Previews an offer, and accepts it. */
export async function acceptOffer(learner: Learner, link: string, body: object = {}) {
  const preview = await previewOffer(learner, link)
  if (preview.statusCode !== 200) throw new Error(preview.body)
  return learner.post(`/v1/offers/${preview.json().id}/accept`, body)
}

/** The whole way from a fresh offer to credentials in the wallet; their ids. */
export async function receive(
  learner: Learner,
  issuer: ThirdPartyIssuer,
  body: object = {},
): Promise<string[]> {
  const accepted = await acceptOffer(learner, issuer.offer(), body)
  if (accepted.statusCode !== 201) throw new Error(accepted.body)
  return accepted.json().credentials.map(({ id }: { id: string }) => id)
}

export const previewRequest = (learner: Learner, authorizationRequest: string) =>
  learner.post('/v1/presentations', { authorizationRequest })

/** A fresh request of a verifier, previewed. */
export async function askWith(learner: Learner, verifier: ThirdPartyVerifier) {
  const request = await verifier.request()
  const response = await previewRequest(learner, request.link)
  if (response.statusCode !== 200) throw new Error(response.body)
  return { ...request, preview: response.json() }
}

export const submitTo = (learner: Learner, id: string, body?: object) =>
  learner.post(`/v1/presentations/${id}/submit`, body)

/** Accepts an offer twice: the second time shows whether it is dead. */
export async function acceptTwice(learner: Learner, issuer: ThirdPartyIssuer) {
  const { id } = (await previewOffer(learner, issuer.offer())).json()
  const response = await learner.post(`/v1/offers/${id}/accept`)
  const again = await learner.post(`/v1/offers/${id}/accept`)
  return { response, again }
}

/** Waits for the notifications an issuer got: they are sent in the background. */
export const notificationsOf = (issuer: ThirdPartyIssuer, count: number) =>
  vi.waitFor(() => {
    if (issuer.notifications.length < count) throw new Error('not yet')
    return issuer.notifications.map(({ event }) => event)
  }, patience)

const patience = { timeout: 10_000, interval: 20 }

import {
  createKeyBindingJwt,
  type Signer,
  signVpClaimJwt,
  signVpJwt,
  type VcJwt,
} from '@mikromerit/credentials'
import { CompactEncrypt, importJWK } from 'jose'
import type { ClaimPath } from '../claims/claim-path.ts'
import { openCredential } from '../claims/open-credential.ts'
import type { HeldCredential } from '../credentials/stored-credential.ts'
import { openHolderKey, type PrivateJwk } from '../protocol/holder-key.ts'
import type { ResponseEncryption } from './choose-encryption.ts'
import type { StoredRequest } from './stored-presentations.ts'

/** One credential about to be shown. */
export interface Showing {
  readonly queryId: string
  readonly held: HeldCredential
  readonly paths: readonly ClaimPath[]
  readonly key: PrivateJwk
}

/** Query id → its presentations. */
export type VpToken = Readonly<Record<string, readonly string[]>>

/** W-36: an array for each query that is answered, no entry for the others. */
export async function buildVpToken(
  content: StoredRequest,
  showings: readonly Showing[],
  now: Date,
): Promise<VpToken> {
  const token = new Map<string, string[]>()
  for (const showing of showings) {
    const presentation = await buildPresentation(content, showing, now)
    token.set(showing.queryId, [...(token.get(showing.queryId) ?? []), presentation])
  }
  return Object.fromEntries(token)
}

/** Discloses what was asked and nothing else; a W3C credential as a whole. */
async function buildPresentation(
  { verifier, request }: StoredRequest,
  { held, paths, key }: Showing,
  now: Date,
): Promise<string> {
  const opened = openCredential(held.content.token)
  const shown = opened.present(paths)
  if (!held.content.isBound) return shown
  const signer = openHolderKey(key)
  // W-38: bound to this verifier by its full client_id, and to this request by its nonce.
  const [nonce, audience] = [request.nonce, verifier.clientId]
  if (!opened.vc) {
    const sdJwt = shown
    const binding = await createKeyBindingJwt({ sdJwt, nonce, audience, issuedAt: now, signer })
    return `${sdJwt}${binding}`
  }
  return signPresentation(opened.vc, shown, { signer, request: { audience, nonce }, now })
}

/** OpenID4VP B.1.3.1.5: the same two as claims of the presentation, which is of the credential's own data model. */
function signPresentation(
  { facts: { dataModel, subjectId } }: VcJwt,
  token: string,
  {
    signer,
    request,
    now,
  }: { signer: Signer; request: { audience: string; nonce: string }; now: Date },
): Promise<string> {
  const common = {
    // Named only where the credential names them by their key: nothing is added to what it says.
    ...(subjectId?.startsWith('did:jwk:') && { holder: subjectId }),
    signer,
    request,
    issuedAt: now,
    expiresAt: new Date(now.getTime() + presentationLifetimeMilliseconds),
  }
  return dataModel === '2.0'
    ? signVpJwt({ ...common, credentials: [{ mediaType: 'application/vc+jwt', data: token }] })
    : signVpClaimJwt({ ...common, credentials: [token] })
}

/** As long as a verifier may take to look at it. */
const presentationLifetimeMilliseconds = 5 * 60 * 1_000

/**
 * The form fields of an answer. With direct_post.jwt everything goes into one JWE; a presentation is
 * never sent in the open where encryption was asked for (W-40).
 */
export async function buildForm(
  { request }: StoredRequest,
  answer: { vp_token: VpToken } | { error: string },
): Promise<Record<string, string>> {
  const content = { ...answer, ...(request.state === undefined ? {} : { state: request.state }) }
  if (request.encryption) return { response: await encrypt(request.encryption, content) }
  if ('error' in content) return content
  return { ...content, vp_token: JSON.stringify(content.vp_token) }
}

/** No `apu` or `apv`: OpenID4VP 1.0 gives them no meaning. */
async function encrypt({ jwk, enc }: ResponseEncryption, content: object): Promise<string> {
  const { kty, crv, x, y, kid, alg } = jwk
  return new CompactEncrypt(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ alg, enc, ...(kid === undefined ? {} : { kid }) })
    .encrypt(await importJWK({ kty, crv, x, y }, alg))
}

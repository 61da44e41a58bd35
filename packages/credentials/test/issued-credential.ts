import { createPublicKey, type KeyObject } from 'node:crypto'
import type { AwardRecord } from '../src/domain/award.ts'
import { learningCredentialVct } from '../src/formats/learning-credential-claims.ts'
import { projectLearningCredential } from '../src/formats/project-learning-credential.ts'
import { signJws } from '../src/jose/jws.ts'
import { createSoftwareSigner, generateSigningKey, type Signer } from '../src/jose/signer.ts'
import { accept } from '../src/result.ts'
import { createKeyBindingJwt } from '../src/sd-jwt/key-binding.ts'
import { issueSdJwtVc } from '../src/sd-jwt-vc/issue.ts'
import { setStatus, statusListBytes } from '../src/status-list/status-bits.ts'
import { signStatusListToken } from '../src/status-list/token.ts'
import type { VerificationContext } from '../src/verification/context.ts'
import { anAwardRecord } from './award-records.ts'

export const now = new Date('2026-06-10T12:00:00Z')
export const issuer = 'https://issuer.example.se/exempeluniversitetet'
export const statusUri = `${issuer}/token-status/1`

const newSigner = (): Signer & { publicKey: KeyObject } => {
  const { privateKey, kid } = generateSigningKey()
  const signer = createSoftwareSigner({ privateKey, kid })
  return { ...signer, publicKey: createPublicKey(privateKey) }
}

export const issuerSigner = newSigner()
export const holderSigner = newSigner()
export const strangerSigner = newSigner()

/** Issues a credential of the published example, or of what the test states. */
export function issueCredential({
  record = anAwardRecord(),
  claims = {},
  vct = learningCredentialVct,
  issuedAt = new Date('2026-06-05T12:00:00Z'),
  expiresAt = new Date('2028-06-05T12:00:00Z'),
  idx = 4,
  hasStatus = true,
  signer = issuerSigner,
}: {
  record?: AwardRecord
  claims?: Record<string, unknown>
  vct?: string
  issuedAt?: Date
  expiresAt?: Date
  idx?: number
  hasStatus?: boolean
  signer?: Signer
} = {}): Promise<string> {
  const projection = projectLearningCredential(record, { issuer })
  return issueSdJwtVc({
    claims: { ...projection.claims, ...claims },
    disclosable: projection.disclosable,
    vct,
    issuer,
    id: 'urn:uuid:0190c1a2-0000-7000-8000-000000000003',
    issuedAt,
    expiresAt,
    holderKey: holderSigner.publicJwk,
    ...(hasStatus && { status: { uri: statusUri, idx } }),
    signer,
  })
}

/** The same credential with other claims in the signed part (`undefined` leaves one out), signed anew. */
export async function withClaims(
  credential: string,
  claims: Record<string, unknown>,
  signer = issuerSigner,
): Promise<string> {
  const [jwt = '', ...rest] = credential.split('~')
  const payload = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
  const signed = await signJws({
    header: { typ: 'dc+sd-jwt' },
    payload: { ...payload, ...claims },
    signer,
    includeX5c: true,
  })
  return [signed, ...rest].join('~')
}

/** Signs a status list of 100 entries in which one has this value. */
export function signStatusList({
  value = 0,
  idx = 4,
  uri = statusUri,
  expiresAt = new Date('2026-06-10T13:00:00Z'),
  signer = issuerSigner,
}: {
  value?: number
  idx?: number
  uri?: string
  expiresAt?: Date
  signer?: Signer
} = {}): Promise<string> {
  const bytes = new Uint8Array(statusListBytes(100, 2))
  setStatus(bytes, 2, idx, value)
  return signStatusListToken({
    uri,
    bits: 2,
    bytes,
    issuedAt: new Date('2026-06-10T11:00:00Z'),
    expiresAt,
    signer,
  })
}

/** Appends a key binding as a wallet does. */
export const present = async (
  sdJwt: string,
  { nonce = 'n-1', audience = 'x509_hash:verifier', signer = holderSigner as Signer } = {},
) => sdJwt + (await createKeyBindingJwt({ sdJwt, nonce, audience, issuedAt: now, signer }))

/** A context in which the example verifies; the test replaces what matters to it. */
export const aContext = (change: Partial<VerificationContext> = {}): VerificationContext => ({
  now,
  resolveIssuerKeys: async (query) =>
    query.issuer === issuer
      ? { outcome: 'found', keys: [issuerSigner.publicKey], via: 'metadata' }
      : { outcome: 'untrusted', detail: 'Unknown.' },
  fetchStatusListToken: async () => accept(await signStatusList()),
  ...change,
})

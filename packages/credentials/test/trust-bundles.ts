import type { BundleContent, StatusSnapshot } from '../src/bundle/schema.ts'
import { signTrustBundle } from '../src/bundle/sign-bundle.ts'
import { createSoftwareSigner, type Signer } from '../src/jose/signer.ts'
import { issuer, issuerSigner, now, signStatusList, statusUri } from './issued-credential.ts'
import { type MadeCertificate, makeCertificate } from './made-certificates.ts'

export const verifierUrl = 'https://verifier.example.se'

export interface BundleMaker {
  readonly anchor: MadeCertificate
  readonly signer: Signer
}

/** A verifier with a certificate for its address. */
export async function aBundleMaker(
  uri = verifierUrl,
  given?: MadeCertificate,
): Promise<BundleMaker> {
  const anchor = given ?? (await makeCertificate({ name: 'Anchor', ca: true }))
  const leaf = await makeCertificate({
    name: 'Verifier',
    issuer: anchor,
    names: [{ type: 'url', value: uri }],
  })
  const signer = createSoftwareSigner({
    privateKey: leaf.keys.privateKey,
    kid: 'verifier-1',
    x5c: [leaf.base64],
  })
  return { anchor, signer }
}

export const snapshotOf = (
  list: string,
  changes: Partial<StatusSnapshot> = {},
): StatusSnapshot => ({
  uri: statusUri,
  kind: 'token',
  fetchedAt: '2026-06-10T11:30:00.000Z',
  list,
  ...changes,
})

export const registeredIssuer = {
  id: 'exempel',
  identifier: issuer,
  legalName: { sv: 'Exempeluniversitetet', en: 'Example University' },
  since: '2026-01-01T00:00:00.000Z',
}

const { kty, crv, x, y } = issuerSigner.publicJwk
export const issuerKey = { kty, crv, x, y, kid: issuerSigner.kid }

/** What a verifier knows with which the example credential verifies; the test replaces what matters to it. */
export const bundleContent = async (
  changes: Partial<BundleContent> = {},
): Promise<BundleContent> => ({
  anchors: [],
  issuers: [{ ...registeredIssuer, keys: [issuerKey] }],
  issuerDocuments: [],
  statusLists: [snapshotOf(await signStatusList())],
  codeLists: [],
  policy: { statusMaxAgeSeconds: 3_600 },
  ...changes,
})

export const signBundle = async (
  { signer }: BundleMaker,
  changes: Partial<BundleContent> = {},
  { createdAt = now, expiresAt = new Date('2026-07-10T12:00:00Z') } = {},
): Promise<string> =>
  signTrustBundle({
    issuer: verifierUrl,
    content: await bundleContent(changes),
    createdAt,
    expiresAt,
    signer,
  })

import { credentialsV2Context } from '../vc-jose/read-credential.ts'
import { signVcJwt } from '../vc-jose/sign-vc-jwt.ts'
import type { VcSigner } from '../vc-jose/vc-signer.ts'
import { countEntries, encodeBitstring, minimumEntries } from './bitstring.ts'

export interface BuildStatusListOptions {
  /** Where it is served, and what entries name: `id`. */
  readonly url: string
  /** The Credential Issuer Identifier. */
  readonly issuer: string
  readonly statusPurpose: string | readonly string[]
  readonly bytes: Uint8Array
  readonly statusSize?: number
  readonly validFrom: Date
  readonly validUntil?: Date
  /** Seconds for which a verifier may keep it; written in milliseconds, as the specification has it. */
  readonly ttl?: number
}

/**
 * Builds a BitstringStatusListCredential (2.2).
 * @throws RangeError when the list is too short to hide anyone in it.
 */
export async function buildStatusListCredential(options: BuildStatusListOptions) {
  const { url, issuer, statusPurpose, bytes, statusSize, validFrom, validUntil, ttl } = options
  if (countEntries(bytes, statusSize) < minimumEntries) {
    throw new RangeError(`A status list needs at least ${minimumEntries} entries.`)
  }
  return {
    '@context': [credentialsV2Context],
    id: url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom: toDateTime(validFrom),
    ...(validUntil && { validUntil: toDateTime(validUntil) }),
    credentialSubject: {
      id: `${url}#list`,
      type: 'BitstringStatusList',
      statusPurpose,
      encodedList: await encodeBitstring(bytes),
      ...(ttl !== undefined && { ttl: ttl * 1000 }),
    },
  }
}

/** The media type it is served with. */
export const statusListCredentialMediaType = 'application/vc+jwt'

/** Signs a status list as `vc+jwt`, with the signer's certificate chain. */
export const signStatusListCredential = async (
  options: BuildStatusListOptions & { readonly signer: VcSigner },
): Promise<string> =>
  signVcJwt({
    credential: await buildStatusListCredential(options),
    signer: options.signer,
    issuedAt: options.validFrom,
  })

/** At whole seconds. */
const toDateTime = (date: Date) => `${date.toISOString().slice(0, 19)}Z`

import { Problem } from '@mikromerit/service-kit'
import { type ClaimLabels, readClaimLabels } from '../claims/claim-labels.ts'
import type { OfferedIssuer } from '../issuers/issuer-metadata.ts'

/** One credential an offer holds, as far as the issuer's metadata describes it. */
export interface OfferedConfiguration {
  readonly id: string
  readonly format: string
  readonly name: string
  readonly description?: string
  /** Present when this wallet can hold it. */
  readonly vct?: string
  readonly isBindingExpected: boolean
  readonly labels: ClaimLabels
}

/** Reads the offered configurations. Throws `issuer-unsupported` when none of them can be held here. */
export function readConfigurations(
  issuer: OfferedIssuer,
  configurationIds: readonly string[],
): OfferedConfiguration[] {
  const { credentialIssuer } = issuer.metadata
  const { credential_response_encryption: answers, credential_request_encryption: requests } =
    Object(credentialIssuer)
  if ([answers, requests].some((encryption) => Object(encryption).encryption_required === true))
    throw new Problem('issuer-unsupported', {
      detail: 'The issuer demands encryption beyond TLS, which this wallet does not have.',
    })
  const configurations = configurationIds.map((id) =>
    readConfiguration(id, credentialIssuer.credential_configurations_supported[id] ?? {}),
  )
  if (!configurations.some(({ vct }) => vct !== undefined))
    throw new Problem('issuer-unsupported', {
      detail:
        'None of the offered credentials is a dc+sd-jwt, signed with ES256 and bound to an ES256 key without attestation.',
    })
  return configurations
}

function readConfiguration(id: string, configuration: object): OfferedConfiguration {
  const {
    format,
    vct,
    proof_types_supported: proofTypes,
    credential_metadata: metadata,
  } = Object(configuration)
  const {
    cryptographic_binding_methods_supported: bindings,
    credential_signing_alg_values_supported: algorithms,
    display: olderDisplay,
  } = Object(configuration)
  const [display] = asArray(Object(metadata).display ?? olderDisplay)
  const { name, description } = Object(display)
  const canHold =
    format === 'dc+sd-jwt' &&
    typeof vct === 'string' &&
    (bindings === undefined || asArray(bindings).includes('jwk')) &&
    (algorithms === undefined || asArray(algorithms).includes('ES256')) &&
    acceptsOurProof(proofTypes)
  return {
    id,
    format: String(format),
    name: typeof name === 'string' ? name.slice(0, 200) : id,
    ...(typeof description === 'string' ? { description: description.slice(0, 1_000) } : {}),
    ...(canHold ? { vct } : {}),
    isBindingExpected: proofTypes !== undefined || bindings !== undefined,
    labels: readClaimLabels(Object(metadata).claims),
  }
}

/** An ES256 `jwt` proof without key attestation is what this wallet can give. */
function acceptsOurProof(proofTypes: unknown): boolean {
  if (proofTypes === undefined) return true
  const { proof_signing_alg_values_supported: algorithms, key_attestations_required: attestation } =
    Object(Object(proofTypes).jwt)
  return asArray(algorithms).includes('ES256') && attestation === undefined
}

const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

import { vcAlgorithms } from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'
import { type ClaimLabels, readClaimLabels } from '../claims/claim-labels.ts'
import type { OfferedIssuer } from '../issuers/issuer-metadata.ts'

/** One credential an offer holds, as far as the issuer's metadata describes it. */
export interface OfferedConfiguration {
  readonly id: string
  readonly format: string
  readonly name: string
  readonly description?: string
  /** Present when this wallet can hold it as an SD-JWT VC. */
  readonly vct?: string
  /** Present when this wallet can hold it as a W3C credential in a JWT. */
  readonly types?: readonly string[]
  /** The configuration whose very credential this one names again, for wallets that do not know its format. */
  readonly twinOf?: string
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
  const read = configurationIds.map((id) =>
    readConfiguration(id, credentialIssuer.credential_configurations_supported[id] ?? {}),
  )
  const configurations = read.map((configuration) => markTwin(configuration, read))
  if (!configurations.some(isHoldable))
    throw new Problem('issuer-unsupported', {
      detail:
        'None of the offered credentials is a dc+sd-jwt, vc+jwt or jwt_vc_json, signed with an algorithm of ours and bound to an ES256 key without attestation.',
    })
  return configurations
}

/** Whether accepting the offer brings this credential. */
export const isHoldable = ({ vct, types, twinOf }: OfferedConfiguration): boolean =>
  twinOf === undefined && (vct !== undefined || types !== undefined)

/**
 * OpenID4VCI 1.0 has no format identifier for VC 2.0 secured with JOSE. Who offers `vc+jwt` may offer the same signed
 * credential as `jwt_vc_json` beside it; whoever knows the first leaves the second.
 */
function markTwin(
  configuration: OfferedConfiguration,
  all: readonly OfferedConfiguration[],
): OfferedConfiguration {
  const { id, format, types } = configuration
  if (format !== 'jwt_vc_json' || !types) return configuration
  const twin = all.find(
    (other) => other.format === 'vc+jwt' && other.types && `${other.id}_jwt_vc_json` === id,
  )
  return twin ? { ...configuration, twinOf: twin.id } : configuration
}

function readConfiguration(id: string, configuration: object): OfferedConfiguration {
  const {
    format,
    proof_types_supported: proofTypes,
    credential_metadata: metadata,
    cryptographic_binding_methods_supported: bindings,
    display: olderDisplay,
  } = Object(configuration)
  const [display] = asArray(Object(metadata).display ?? olderDisplay)
  const { name, description } = Object(display)
  const isBindable =
    (bindings === undefined || asArray(bindings).includes('jwk')) && acceptsOurProof(proofTypes)
  const holds = isBindable ? readHoldable(configuration) : {}
  return {
    id,
    format: String(format),
    name: typeof name === 'string' ? name.slice(0, 200) : id,
    ...(typeof description === 'string' ? { description: description.slice(0, 1_000) } : {}),
    ...holds,
    isBindingExpected: proofTypes !== undefined || bindings !== undefined,
    labels: readClaimLabels(Object(metadata).claims),
  }
}

/** The type of a credential that can be held here, in the terms of its format. */
function readHoldable(configuration: object): Pick<OfferedConfiguration, 'vct' | 'types'> {
  const {
    format,
    vct,
    credential_definition: definition,
    credential_signing_alg_values_supported: algorithms,
  } = Object(configuration)
  const signsWith = (...ours: readonly string[]) =>
    algorithms === undefined || asArray(algorithms).some((alg) => ours.includes(String(alg)))
  if (format === 'dc+sd-jwt') return typeof vct === 'string' && signsWith('ES256') ? { vct } : {}
  if ((format !== 'vc+jwt' && format !== 'jwt_vc_json') || !signsWith(...vcAlgorithms)) return {}
  const types = asArray(Object(definition).type)
  const isNamed = types.length > 0 && types.length <= 32
  return isNamed && types.every((type) => typeof type === 'string') ? { types } : {}
}

/** An ES256 `jwt` proof without key attestation is what this wallet can give. */
function acceptsOurProof(proofTypes: unknown): boolean {
  if (proofTypes === undefined) return true
  const { proof_signing_alg_values_supported: algorithms, key_attestations_required: attestation } =
    Object(Object(proofTypes).jwt)
  return asArray(algorithms).includes('ES256') && attestation === undefined
}

const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

import type { AccessGrant } from '../protocol/access-grant.ts'
import { createHolderKey } from '../protocol/holder-key.ts'
import { IssuanceError } from './issuance-error.ts'
import { isHoldable, type OfferedConfiguration } from './offered-configuration.ts'
import { maxCredentials } from './parse-offer.ts'
import type { PlannedRequest } from './stored-offers.ts'

/**
 * Which credentials to ask for: one per configuration that can be held here, or what the token answer
 * names instead (OpenID4VCI 8.2, W-13). Throws IssuanceError when that is nothing, or too much.
 */
export function planRequests(
  configurations: readonly OfferedConfiguration[],
  { credentialIdentifiers }: AccessGrant,
): PlannedRequest[] {
  const requests = configurations
    .filter(isHoldable)
    .flatMap(({ id }) => listDatasets(id, credentialIdentifiers))
    .map((request) => ({ ...request, key: createHolderKey() }))
  if (requests.length === 0)
    throw new IssuanceError('issuer-refused', {
      detail: 'The issuer allows none of the credentials it offered.',
    })
  if (requests.length > maxCredentials)
    throw new IssuanceError('issuer-refused', {
      detail: `The issuer wants to hand out more than ${maxCredentials} credentials at once.`,
    })
  return requests
}

function listDatasets(
  configurationId: string,
  identifiers: AccessGrant['credentialIdentifiers'],
): Omit<PlannedRequest, 'key'>[] {
  if (!identifiers) return [{ configurationId }]
  const listed = Object.hasOwn(identifiers, configurationId) ? identifiers[configurationId] : []
  return (listed ?? []).map((credentialIdentifier) => ({ configurationId, credentialIdentifier }))
}

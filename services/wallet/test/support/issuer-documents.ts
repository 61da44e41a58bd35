import { randomUUID } from 'node:crypto'
import { type IssuerBehaviour, testVct } from './issuer-behaviour.ts'

export const grantType = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** The part of an issuer that its documents are made from. */
export interface DescribedIssuer {
  readonly origin: string
  readonly identifier: string
  readonly behaviour: IssuerBehaviour
}

/** A Credential Offer with a fresh code. */
export function createOffer({ identifier, behaviour }: DescribedIssuer): {
  code: string
  offer: object
} {
  const code = randomUUID()
  const { txCode } = behaviour
  const offer = behaviour.changeOffer({
    credential_issuer: identifier,
    credential_configuration_ids: behaviour.configurations,
    grants: {
      [grantType]: {
        'pre-authorized_code': code,
        ...(txCode === undefined ? {} : { tx_code: { length: txCode.length } }),
      },
    },
  })
  return { code, offer }
}

export const authorizationServerOf = ({
  origin,
  identifier,
  behaviour,
}: DescribedIssuer): string => (behaviour.hasSeparateServer ? `${origin}/as` : identifier)

export const createMetadata = (issuer: DescribedIssuer) => ({
  credential_issuer: issuer.identifier,
  ...(issuer.behaviour.hasSeparateServer
    ? { authorization_servers: [authorizationServerOf(issuer)] }
    : {}),
  credential_endpoint: `${issuer.origin}/credential`,
  ...(issuer.behaviour.hasNotificationEndpoint
    ? { notification_endpoint: `${issuer.origin}/notification` }
    : {}),
  ...(issuer.behaviour.hasNonceEndpoint ? { nonce_endpoint: `${issuer.origin}/nonce` } : {}),
  display: [{ name: 'Tredje Skolan', locale: 'sv' }],
  x_unknown: { to: 'be ignored' },
  credential_configurations_supported: Object.fromEntries(
    issuer.behaviour.configurations.map((id) => [
      id,
      issuer.behaviour.configure(id) ?? createConfiguration(),
    ]),
  ),
})

const createConfiguration = () => ({
  format: 'dc+sd-jwt',
  vct: testVct,
  scope: 'course',
  cryptographic_binding_methods_supported: ['jwk'],
  proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
  credential_metadata: {
    display: [{ name: 'Kursbevis', locale: 'sv' }],
    claims: [
      {
        path: ['grade'],
        display: [
          { name: 'Betyg', locale: 'sv' },
          { name: 'Grade', locale: 'en' },
        ],
      },
    ],
  },
})

export const createServerMetadata = (issuer: DescribedIssuer) => ({
  issuer: authorizationServerOf(issuer),
  token_endpoint: `${issuer.origin}/token`,
  'pre-authorized_grant_anonymous_access_supported': true,
  ...(issuer.behaviour.isDpopRequired ? { dpop_signing_alg_values_supported: ['ES256'] } : {}),
})

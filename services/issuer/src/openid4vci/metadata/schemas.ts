import Type from 'typebox'

/** Documents are built to their specification and sent as they are: any further member is theirs. */
const openDocument = (example: Record<string, unknown>) =>
  Type.Record(Type.String(), Type.Unknown(), { examples: [example] })

const issuer = 'http://localhost:3001/exempeluniversitetet'
const exampleKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'TCAER19Zvu3OHF4j4W4vfSVoHIP1ILilDls7vCeGemc',
  y: 'ZxjiWWbZMQGHVWKVQ4hbSIirsVfuecCE6t4jT9F2HZQ',
  kid: 'cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s',
  x5c: ['MIIB7DCCAZKgAwIBAgIQ…', 'MIIB5jCCAY2gAwIBAgIQ…'],
  alg: 'ES256',
  use: 'sig',
}

const describe = (
  operationId: string,
  summary: string,
  description: string,
  example: Record<string, unknown>,
) => ({
  operationId,
  tags: ['Metadata'],
  summary,
  description: `${description} Cached: send If-None-Match to be answered 304.`,
  security: [],
  response: { 200: openDocument(example), 304: Type.Null({ description: 'Unchanged' }) },
})

/** What the API documents say about each public document. */
export const documentSchemas = {
  issuerMetadata: describe(
    'getCredentialIssuerMetadata',
    'Credential Issuer metadata',
    'OpenID4VCI 1.0 section 12.2, at the path its identifier prescribes.',
    {
      credential_issuer: issuer,
      credential_endpoint: `${issuer}/credential`,
      nonce_endpoint: `${issuer}/nonce`,
      notification_endpoint: `${issuer}/notification`,
      replacement_endpoint: `${issuer}/replacements`,
      credential_configurations_supported: {
        MicroCredential_sd_jwt_vc: {
          format: 'dc+sd-jwt',
          vct: 'urn:eu.europa.ec.eudi:learning:credential:1',
        },
        MicroCredential_elm: {
          format: 'vc+jwt',
          credential_definition: {
            '@context': [
              'https://www.w3.org/ns/credentials/v2',
              'http://localhost:3001/contexts/elm-vc2/v1',
            ],
            type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
          },
        },
      },
    },
  ),
  authorizationServerMetadata: describe(
    'getAuthorizationServerMetadata',
    'Authorization server metadata',
    'RFC 8414: each organisation is the authorization server of its own offers.',
    { issuer, token_endpoint: `${issuer}/token` },
  ),
  vcIssuerMetadata: describe(
    'getVcIssuerMetadata',
    'SD-JWT VC issuer metadata',
    'The keys credentials and status lists of this organisation are signed with.',
    { issuer, jwks: { keys: [exampleKey] }, replacement_endpoint: `${issuer}/replacements` },
  ),
  jwks: describe('getJwks', 'Public keys', 'RFC 7517: the same keys as a JWK Set.', {
    keys: [exampleKey],
  }),
  key: describe(
    'getKey',
    'One public key',
    'The key as JWK (RFC 7517), at the address that the header of an Open Badge gives as kid.',
    exampleKey,
  ),
  elmContext: describe(
    'getElmContext',
    'The JSON-LD context of our European Digital Credentials',
    'For credentials of the VC data model 2.0. It never changes: another version gets another address. Its digest stands in Repr-Digest, and in each credential as relatedResource.',
    {
      '@context': {
        '@version': 1.1,
        '@protected': true,
        elm: 'http://data.europa.eu/snb/model/elm/',
      },
    },
  ),
  typeMetadata: describe(
    'getTypeMetadata',
    'SD-JWT VC type metadata',
    'What the claims of a credential type mean, with labels in Swedish and English.',
    { vct: 'urn:eu.europa.ec.eudi:learning:credential:1', name: 'Micro-credential' },
  ),
  typeMetadataVersion: describe(
    'getTypeMetadataVersion',
    'SD-JWT VC type metadata of one version of a rulebook',
    'It never changes: vct#integrity of a credential is the digest of these bytes.',
    { vct: 'VerifiableMicroCredential', name: 'Micro-credential (formal education)' },
  ),
}

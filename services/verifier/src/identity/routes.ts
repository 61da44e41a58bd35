import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { problemResponses } from '@mikromerit/service-kit'
import Type from 'typebox'
import type { VerifierContext } from '../context.ts'
import { buildDidDocument, didWebOf } from './did-document.ts'

const Text = Type.String()

const example = 'did:web:verifier.example.se'
const method = `${example}#UvoqHtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk`

const DidDocument = Type.Object(
  {
    '@context': Type.Array(Text),
    id: Text,
    verificationMethod: Type.Array(
      Type.Object({
        id: Text,
        type: Text,
        controller: Text,
        publicKeyJwk: Type.Record(Type.String(), Text),
      }),
    ),
    authentication: Type.Array(Text),
    assertionMethod: Type.Array(Text),
  },
  {
    description: 'DID document (DID Core 1.0)',
    examples: [
      {
        '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
        id: example,
        verificationMethod: [
          {
            id: method,
            type: 'JsonWebKey',
            controller: example,
            publicKeyJwk: {
              kty: 'EC',
              crv: 'P-256',
              x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
              y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
              kid: 'UvoqHtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk',
              alg: 'ES256',
              use: 'sig',
            },
          },
        ],
        authentication: [method],
        assertionMethod: [method],
      },
    ],
  },
)

/** Our DID document: where wallets find the key of a request with the prefix decentralized_identifier. */
export const identityRoutes: FastifyPluginAsyncTypebox<{ context: VerifierContext }> = async (
  app,
  { context },
) => {
  const { PUBLIC_URL: publicUrl } = context.config
  const provide = async () => buildDidDocument(didWebOf(publicUrl), await context.identities.list())

  app.get('/.well-known/did.json', {
    config: { public: true },
    schema: {
      operationId: 'getDidDocument',
      tags: ['OpenID4VP'],
      summary: 'The DID document of this verifier',
      description:
        'did:web: the keys that sign requests with the client identifier prefix decentralized_identifier, newest first. With a path in PUBLIC_URL it also lies at /did.json below that.',
      response: { 200: DidDocument, ...problemResponses(429) },
    },
    handler: async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').send(await provide()),
  })

  // did:web puts the document of an address with a path below that path.
  if (new URL(publicUrl).pathname !== '/')
    app.get('/did.json', {
      config: { public: true },
      schema: { hide: true, response: { 200: DidDocument } },
      handler: async (_request, reply) =>
        reply.header('cache-control', 'public, max-age=300').send(await provide()),
    })
}

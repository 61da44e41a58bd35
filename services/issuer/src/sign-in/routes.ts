import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { problemResponses } from '@mikromerit/service-kit'
import { OrganisationParams } from '../organisations/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { readProvider, storeProvider } from './providers.ts'
import { SignInProvider, SignInProviderDraft } from './schemas.ts'

/** Where learners sign in. Mounted below /v1/organisations/:organisation. */
export const signInRoutes: FastifyPluginAsyncTypebox<{ runtime: Runtime }> = async (
  app,
  { runtime },
) => {
  app.put('/sign-in', {
    config: { scope: 'organisations:write' },
    schema: {
      operationId: 'storeSignInProvider',
      tags: ['Sign-in'],
      summary: 'Say where an organisation’s learners sign in',
      description:
        'Any OpenID provider. Register {PUBLIC_URL}/sign-in/callback there as redirect URI. From then on the organisation’s metadata offers the authorization code flow. See docs/how-to/sign-in.md.',
      params: OrganisationParams,
      body: SignInProviderDraft,
      response: { 200: SignInProvider, ...problemResponses(400, 401, 403, 404) },
    },
    handler: ({ params, body }) => storeProvider(runtime, params.organisation, body),
  })

  app.get('/sign-in', {
    config: { scope: 'organisations:read' },
    schema: {
      operationId: 'getSignInProvider',
      tags: ['Sign-in'],
      summary: 'Where an organisation’s learners sign in',
      description: 'Without the client secret, which is never told.',
      params: OrganisationParams,
      response: { 200: SignInProvider, ...problemResponses(401, 403, 404) },
    },
    handler: ({ params }) => readProvider(runtime, params.organisation),
  })
}

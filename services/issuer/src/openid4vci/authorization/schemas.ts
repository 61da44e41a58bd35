import Type, { type Static } from 'typebox'

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

/** RFC 9126 2.1, RFC 7636 4.3, OpenID4VCI 5.1. What else a wallet sends is ignored (I-46). */
export const PushedRequest = Type.Object(
  {
    response_type: text(100),
    client_id: text(200),
    redirect_uri: text(1_000),
    code_challenge: text(200),
    code_challenge_method: text(20),
    state: text(1_000),
    scope: text(2_000),
    authorization_details: text(10_000),
    issuer_state: text(200),
    request: text(10_000),
    request_uri: text(1_000),
  },
  {
    description: 'application/x-www-form-urlencoded',
    examples: [
      {
        response_type: 'code',
        client_id: 'example-wallet',
        redirect_uri: 'https://wallet.example.org/callback',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
        state: 'af0ifjsldkj',
        scope: 'urn:eu.europa.ec.eudi:learning:credential:1:sd_jwt_vc',
        issuer_state: 'AZq3o2d4cQyWqk8nYw5m1xJ2v6T0sB9uFhKpLr7eXcDgNzQaVbMw',
      },
    ],
  },
)
export type PushedRequest = Static<typeof PushedRequest>

export const PushedResponse = Type.Object(
  { request_uri: Type.String(), expires_in: Type.Integer() },
  {
    examples: [
      {
        request_uri:
          'urn:ietf:params:oauth:request_uri:AZq3o2d4cQyWqk8nYw5m1xJ2v6T0sB9uFhKpLr7eXcDgNzQaVbMw',
        expires_in: 90,
      },
    ],
  },
)

export const AuthorizeQuery = Type.Object({
  client_id: text(200),
  request_uri: text(1_000),
  redirect_uri: text(1_000),
  state: text(1_000),
})
export type AuthorizeQuery = Static<typeof AuthorizeQuery>

export const CallbackQuery = Type.Object({ state: text(500) })
export type CallbackQuery = Static<typeof CallbackQuery>

export const Decision = Type.Object({ form: text(200), decision: text(20) })
export type Decision = Static<typeof Decision>

export const Page = Type.String({ description: 'A page for the learner, in Swedish or English' })
export const Nothing = Type.Null({ description: 'On to the provider, or back to the wallet' })

import Type, { type Static } from 'typebox'

/** RFC 6749 4 and OpenID4VCI 6.1. What else a client sends is ignored (I-46). */
export const TokenRequest = Type.Object(
  {
    grant_type: Type.Optional(Type.String({ maxLength: 200 })),
    'pre-authorized_code': Type.Optional(Type.String({ maxLength: 500 })),
    code: Type.Optional(Type.String({ maxLength: 500 })),
    code_verifier: Type.Optional(Type.String({ maxLength: 500 })),
    redirect_uri: Type.Optional(Type.String({ maxLength: 1_000 })),
    refresh_token: Type.Optional(Type.String({ maxLength: 1_000 })),
    tx_code: Type.Optional(Type.String({ maxLength: 100 })),
    client_id: Type.Optional(Type.String({ maxLength: 2_000 })),
    authorization_details: Type.Optional(
      Type.String({
        maxLength: 10_000,
        description: 'JSON array (OpenID4VCI 6.1.1): which of the offered credentials, at most',
      }),
    ),
  },
  {
    description: 'application/x-www-form-urlencoded',
    examples: [
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:pre-authorized_code',
        'pre-authorized_code': 'AZq3o2d4cQyWqk8nYw5m1xJ2v6T0sB9uFhKpLr7eXcDgNzQaVbMw',
        tx_code: '493536',
      },
    ],
  },
)
export type TokenRequest = Static<typeof TokenRequest>

/** OpenID4VCI 6.2. No c_nonce: nonces come from the nonce endpoint (I-10). */
export const TokenResponse = Type.Object(
  {
    access_token: Type.String(),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({ description: 'Seconds' }),
    refresh_token: Type.Optional(
      Type.String({ description: 'After sign-in only. Good once: each answer brings the next' }),
    ),
    authorization_details: Type.Optional(
      Type.Array(
        Type.Object({
          type: Type.Literal('openid_credential'),
          credential_configuration_id: Type.String(),
          credential_identifiers: Type.Array(Type.String(), { minItems: 1 }),
        }),
        {
          description:
            'There after sign-in, and when the request had it: credentials are then asked for by credential_identifier',
        },
      ),
    ),
  },
  {
    examples: [{ access_token: 'eyJhbGciOiJkaXIi…', token_type: 'Bearer', expires_in: 300 }],
  },
)
export type TokenResponse = Static<typeof TokenResponse>

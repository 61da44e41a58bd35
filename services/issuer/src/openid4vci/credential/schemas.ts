import Type, { type Static } from 'typebox'

const exampleProof =
  'eyJ0eXAiOiJvcGVuaWQ0dmNpLXByb29mK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Li4ufX0.eyJhdWQiOiIuLi4ifQ.c2lnbmF0dXJl'

/** OpenID4VCI 8.2. Unknown parameters are ignored (I-46), among them `proof` and `format` of old drafts. */
export const CredentialRequest = Type.Object(
  {
    credential_configuration_id: Type.Optional(Type.String({ maxLength: 200 })),
    credential_identifier: Type.Optional(Type.String({ maxLength: 200 })),
    credential_response_encryption: Type.Optional(
      Type.Unknown({ description: 'Not offered: refused with invalid_encryption_parameters' }),
    ),
    proofs: Type.Optional(
      Type.Object({
        jwt: Type.Optional(Type.Array(Type.String({ maxLength: 16_384 }), { maxItems: 100 })),
      }),
    ),
  },
  {
    examples: [
      {
        credential_configuration_id: 'MicroCredential_sd_jwt_vc',
        proofs: { jwt: [exampleProof] },
      },
    ],
  },
)
export type CredentialRequest = Static<typeof CredentialRequest>

/** OpenID4VCI 8.3. */
export const CredentialResponse = Type.Object(
  {
    credentials: Type.Array(Type.Object({ credential: Type.String() }), { minItems: 1 }),
    notification_id: Type.String(),
  },
  {
    examples: [
      {
        credentials: [{ credential: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImRjK3NkLWp3dCJ9.e30.c2ln~' }],
        notification_id: '0190c1a2-0000-7000-8000-000000000003',
      },
    ],
  },
)
export type CredentialResponse = Static<typeof CredentialResponse>

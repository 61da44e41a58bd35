import Type, { type Static } from 'typebox'

export const SignInProvider = Type.Object(
  {
    issuer: Type.String({
      pattern: '^https?://[^\\s?#]+$',
      maxLength: 1_000,
      description: 'The issuer identifier of an OpenID provider, whose metadata is found from it',
    }),
    clientId: Type.String({ minLength: 1, maxLength: 500, description: 'Client identifier there' }),
    scopes: Type.Optional(
      Type.Array(Type.String({ pattern: '^[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}$' }), {
        maxItems: 20,
        description: 'Asked for beside openid, so that the ID token holds the claim',
      }),
    ),
    learnerClaim: Type.Object(
      {
        claim: Type.String({ minLength: 1, maxLength: 200, description: 'Claim of the ID token' }),
        field: Type.Enum(['externalId', 'email'], {
          description:
            'The member of an award’s learner it must equal. As email only when email_verified is true',
        }),
      },
      { additionalProperties: false, description: 'How the signed-in person is found in awards' },
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        issuer: 'https://login.example.org/realms/students',
        clientId: 'mikromerit',
        scopes: ['profile'],
        learnerClaim: { claim: 'preferred_username', field: 'externalId' },
      },
    ],
  },
)
export type SignInProvider = Static<typeof SignInProvider>

export const SignInProviderDraft = Type.Object(
  {
    ...SignInProvider.properties,
    clientSecret: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1_000,
        description: 'Kept encrypted and never answered. Absent: a public client',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        issuer: 'https://login.example.org/realms/students',
        clientId: 'mikromerit',
        clientSecret: 'a-secret-of-the-provider',
        scopes: ['profile'],
        learnerClaim: { claim: 'preferred_username', field: 'externalId' },
      },
    ],
  },
)
export type SignInProviderDraft = Static<typeof SignInProviderDraft>

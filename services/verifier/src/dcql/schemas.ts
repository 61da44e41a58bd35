import Type, { type Static } from 'typebox'

/** Limits of standards section 6: 32 queries × 64 claims, paths of 16 steps. */
export const dcqlLimits = { queries: 32, claims: 64, pathLength: 16 } as const

// OpenID4VP 6.1: identifiers are alphanumeric, underscore or hyphen.
const Identifier = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })

const strict = { additionalProperties: false }

/** Formats that can be asked for (OpenID4VP 1.0, appendix B; `vc+jwt` as in the issuer's metadata). */
export const credentialFormats = ['dc+sd-jwt', 'jwt_vc_json', 'vc+jwt'] as const

const TypeName = Type.String({ minLength: 1, maxLength: 1_000 })

/** OpenID4VP 7: names, indexes, or null for every element of an array. */
export const ClaimPath = Type.Array(
  Type.Union([Type.String({ maxLength: 200 }), Type.Integer({ minimum: 0 }), Type.Null()]),
  { minItems: 1, maxItems: dcqlLimits.pathLength },
)

export const ClaimQuery = Type.Object(
  {
    id: Type.Optional(Identifier),
    path: ClaimPath,
    values: Type.Optional(
      Type.Array(Type.Union([Type.String({ maxLength: 1_000 }), Type.Integer(), Type.Boolean()]), {
        minItems: 1,
        maxItems: 64,
        description: 'The claim must have one of these values',
      }),
    ),
  },
  strict,
)

/** OpenID4VP 6.1.1.1, the one kind that HAIP demands. */
const AuthorityKey = Type.Object(
  {
    type: Type.Literal('aki', { description: 'Authority key identifier' }),
    values: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_-]{1,128}$' }), {
      minItems: 1,
      maxItems: 64,
      description: 'Key identifiers in base64url, of any certificate in x5c',
    }),
  },
  strict,
)

/** OpenID4VP 6.1.1.2 and 6.1.1.3: for wallets that can choose by them. */
const AuthorityList = Type.Object(
  {
    type: Type.Enum(['etsi_tl', 'openid_federation'], {
      description:
        'A trust list or a federation. Wallets choose by it; what they answer is undetermined here unless an aki beside it fits',
    }),
    values: Type.Array(Type.String({ format: 'uri', maxLength: 1_000 }), {
      minItems: 1,
      maxItems: 64,
    }),
  },
  strict,
)

export const TrustedAuthority = Type.Union([AuthorityKey, AuthorityList])

export const CredentialQuery = Type.Object(
  {
    id: Identifier,
    format: Type.Enum(credentialFormats, {
      description:
        'dc+sd-jwt, or a VC-JWT: jwt_vc_json (any), vc+jwt (of the data model 2.0 alone; an identifier of our own, which not every wallet knows)',
    }),
    meta: Type.Object(
      {
        vct_values: Type.Optional(
          Type.Array(TypeName, {
            minItems: 1,
            maxItems: 32,
            description: 'Accepted credential types; for dc+sd-jwt, and needed there',
          }),
        ),
        type_values: Type.Optional(
          Type.Array(Type.Array(TypeName, { minItems: 1, maxItems: 16 }), {
            minItems: 1,
            maxItems: 32,
            description:
              'Alternatives, each a set of types in full; for jwt_vc_json and vc+jwt, and needed there',
          }),
        ),
      },
      strict,
    ),
    trusted_authorities: Type.Optional(
      Type.Array(TrustedAuthority, {
        minItems: 1,
        maxItems: 32,
        description:
          'Only credentials whose certificates were issued by one of these; it adds no trust to the registry',
      }),
    ),
    multiple: Type.Optional(Type.Boolean({ description: 'More than one credential may answer' })),
    require_cryptographic_holder_binding: Type.Optional(
      Type.Literal(true, { description: 'Always demanded; false is not supported' }),
    ),
    claims: Type.Optional(Type.Array(ClaimQuery, { minItems: 1, maxItems: dcqlLimits.claims })),
    claim_sets: Type.Optional(
      Type.Array(Type.Array(Identifier, { minItems: 1, maxItems: dcqlLimits.claims }), {
        minItems: 1,
        maxItems: 32,
        description: 'Alternatives among the claims, best first',
      }),
    ),
  },
  strict,
)

export const CredentialSetQuery = Type.Object(
  {
    options: Type.Array(Type.Array(Identifier, { minItems: 1, maxItems: dcqlLimits.queries }), {
      minItems: 1,
      maxItems: 32,
    }),
    required: Type.Optional(Type.Boolean()),
  },
  strict,
)

/** OpenID4VP 6, for SD-JWT VCs and VC-JWTs: stricter than the specification where it lets an issuer's choice decide. */
export const DcqlQuery = Type.Object(
  {
    credentials: Type.Array(CredentialQuery, { minItems: 1, maxItems: dcqlLimits.queries }),
    credential_sets: Type.Optional(Type.Array(CredentialSetQuery, { minItems: 1, maxItems: 32 })),
  },
  { ...strict, description: 'Digital Credentials Query Language (OpenID4VP 1.0, section 6)' },
)

export type ClaimPath = Static<typeof ClaimPath>
export type ClaimQuery = Static<typeof ClaimQuery>
export type CredentialQuery = Static<typeof CredentialQuery>
export type DcqlQuery = Static<typeof DcqlQuery>

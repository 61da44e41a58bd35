import Type, { type Static } from 'typebox'
import type { PublicJwk } from '../jose/jwk.ts'

const strict = { additionalProperties: false }

export const EntryId = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
  description: 'Short name of the entry in this registry, chosen by you',
})

const Instant = Type.String({ format: 'date-time', maxLength: 40 })

const LegalName = Type.Object(
  {
    sv: Type.String({ minLength: 1, maxLength: 300 }),
    en: Type.String({ minLength: 1, maxLength: 300 }),
  },
  strict,
)

const Uris = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 500 }), {
      minItems: 1,
      maxItems: 200,
      description,
    }),
  )

/** What an issuer may award. A member that is absent sets no limit. */
export const MayAward = Type.Object(
  {
    vcts: Uris('Credential types (vct)'),
    levels: Type.Optional(
      Type.Array(
        Type.Object(
          {
            framework: Type.String({ minLength: 1, maxLength: 200, description: 'EQF or SeQF' }),
            max: Type.Integer({ minimum: 1, maximum: 8 }),
          },
          strict,
        ),
        {
          minItems: 1,
          maxItems: 20,
          description: 'Highest level per framework; others are not allowed',
        },
      ),
    ),
    creditFrameworks: Uris('Credit systems, by the URI of the framework'),
    fields: Uris('Fields of education (ISCED-F URIs)'),
  },
  strict,
)

const RegisteredKey = Type.Object(
  {
    kty: Type.Literal('EC'),
    crv: Type.Literal('P-256'),
    x: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    y: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    kid: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    alg: Type.Optional(Type.Literal('ES256')),
    use: Type.Optional(Type.Literal('sig')),
  },
  strict,
)

/** What a registry says of an issuer, beside its own name for the entry. */
export const issuerMembers = {
  identifier: Type.String({
    minLength: 1,
    maxLength: 500,
    description: 'The iss of its credentials, exactly',
  }),
  legalName: LegalName,
  since: Type.String({ ...Instant, description: 'Awards issued before this are not trusted' }),
  until: Type.Optional(
    Type.String({ ...Instant, description: 'Awards issued from this instant on are not trusted' }),
  ),
  mayAward: Type.Optional(MayAward),
  keys: Type.Optional(
    Type.Array(RegisteredKey, {
      minItems: 1,
      maxItems: 20,
      description: 'Its signing keys. When given, no other key is accepted from it',
    }),
  ),
}

export type LegalName = Static<typeof LegalName>
export type MayAward = Static<typeof MayAward>

/** An entry of a trust registry: an issuer, what it may award, since and until when. */
export interface RegisteredIssuer {
  readonly id: string
  /** The `iss` of its credentials, exactly. */
  readonly identifier: string
  readonly legalName: LegalName
  readonly since: string
  readonly until?: string
  readonly mayAward?: MayAward
  /** When given, no other key is accepted from it. */
  readonly keys?: readonly PublicJwk[]
}

import { learningCredentialVct } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { presentableFormats } from '../dcql/micro-credential-queries.ts'
import { DcqlQuery } from '../dcql/schemas.ts'

const strict = { additionalProperties: false }

const Text = Type.String({ minLength: 1, maxLength: 200 })

/** A question in plain words, for those who do not want to write DCQL: each becomes a query of its own. */
export const Requirement = Type.Object(
  {
    vct: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1_000,
        description: 'Credential type of an SD-JWT VC; instead of formats',
      }),
    ),
    formats: Type.Optional(
      Type.Array(Type.Enum(presentableFormats), {
        minItems: 1,
        maxItems: presentableFormats.length,
        uniqueItems: true,
        description: 'A micro-credential in any of these formats, best first; instead of vct',
      }),
    ),
    claims: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        minItems: 1,
        maxItems: 64,
        uniqueItems: true,
        description:
          'Claims of an SD-JWT VC, by name, that must be shown; what is always visible need not be named. With formats, the names are those of the EUDI learning credential, and the WE BUILD types are asked for theirs of the same meaning; VC-JWTs are shown whole',
      }),
    ),
  },
  strict,
)

/** What is demanded of an answer, beyond what every credential must stand. */
export const rulesMembers = {
  requireRegisteredIssuer: Type.Optional(
    Type.Boolean({ description: 'An issuer under a trusted anchor must also be in the registry' }),
  ),
  acceptedIssuers: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 500 }), {
      minItems: 1,
      maxItems: 100,
      description: 'Only these issuers, by identifier',
    }),
  ),
  maxAgeDays: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 36_500, description: 'Issued at most this long ago' }),
  ),
}

export const PolicyRules = Type.Object(rulesMembers, strict)

const members = {
  name: Type.Object({ sv: Text, en: Text }, strict),
  dcql: Type.Optional(DcqlQuery),
  requirements: Type.Optional(
    Type.Array(Requirement, { minItems: 1, maxItems: 32, description: 'Instead of dcql' }),
  ),
  ...rulesMembers,
}

const example = {
  name: { sv: 'Kompetens för anställning', en: 'Skills for employment' },
  requirements: [{ vct: learningCredentialVct, claims: ['learning_outcomes'] }],
  maxAgeDays: 3_650,
}

export const PolicyId = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
  description: 'Short name, chosen by you',
})

export const PolicyParams = Type.Object({ id: PolicyId })

export const PolicyDraft = Type.Object(members, {
  ...strict,
  examples: [
    example,
    {
      name: { sv: 'Kompetens, i vilket format som helst', en: 'Skills in whatever format' },
      requirements: [{ formats: ['sd_jwt_vc', 'elm', 'open_badge'] }],
    },
  ],
})

export const Policy = Type.Object(
  { id: PolicyId, ...members, updatedAt: Type.String({ format: 'date-time' }) },
  {
    ...strict,
    description: 'What is asked for and demanded under this name',
    examples: [{ id: 'employment', ...example, updatedAt: '2026-06-05T08:00:00.000Z' }],
  },
)

export type PolicyRules = Static<typeof PolicyRules>
export type PolicyDraft = Static<typeof PolicyDraft>
export type Policy = Static<typeof Policy>

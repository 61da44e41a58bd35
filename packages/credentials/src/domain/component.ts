import Type, { type Static } from 'typebox'
import { Agent } from './organisation.ts'
import { code, day, languageMap, shortText, uri } from './text.ts'

/** A micro-credential that counts as part of an awarded whole (domain.md section 5). */
export const ComponentRef = Type.Object(
  {
    title: languageMap(shortText, 'What the part is called'),
    awardingBody: Agent,
    awardedOn: Type.Optional(day('Day of its award')),
    credentialDigest: Type.Optional(
      Type.String({
        pattern: '^sha256-[A-Za-z0-9+/]{43}=$',
        description:
          'SHA-256 of the signed part of the credential that was shown, as in Subresource Integrity',
      }),
    ),
    awardId: Type.Optional(uri('Identifier of its award')),
    achievementId: Type.Optional(uri('Address of its definition')),
    credits: Type.Optional(
      Type.Array(
        Type.Object(
          {
            framework: code('Credit system'),
            value: Type.Number({ exclusiveMinimum: 0, maximum: 1_000 }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 5 },
      ),
    ),
  },
  {
    additionalProperties: false,
    description: 'A part of a composite micro-credential',
    examples: [
      {
        title: { sv: 'Statistik för beslutsfattare' },
        awardingBody: { legalName: { sv: 'Exempelhögskolan' }, country: 'SE' },
        awardedOn: '2026-03-02',
        credentialDigest: 'sha256-n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
        achievementId:
          'https://issuer.example.se/exempelhogskolan/achievements/0190a5c4-7d1e-7c3b-9f00-000000000002',
        credits: [{ framework: 'ects', value: 3 }],
      },
    ],
  },
)
export type ComponentRef = Static<typeof ComponentRef>

import Type, { type Static } from 'typebox'
import { LocalisedText } from '../domain/text.ts'
import { MicroCredential } from '../formats/micro-credential.ts'

/** From best to worst: a report is as good as its worst check. */
export const outcomes = ['valid', 'undetermined', 'invalid'] as const
export type Outcome = (typeof outcomes)[number]

export const checkCodes = [
  'source',
  'format',
  'issuer_key',
  'signature',
  'disclosures',
  'type',
  'validity_period',
  'status',
  'status.replaced',
  'issuer_authorised',
  'key_binding',
  'recipient',
  'content',
] as const
export type CheckCode = (typeof checkCodes)[number]

/** What one check found, in words for the person who reads it, and with evidence for programs. */
export const VerificationCheck = Type.Object(
  {
    code: Type.Enum(checkCodes, { description: 'Which check; stable' }),
    outcome: Type.Enum(outcomes),
    title: LocalisedText,
    detail: LocalisedText,
    remedy: Type.Optional(LocalisedText),
    evidence: Type.Optional(
      Type.Unsafe<Readonly<Record<string, unknown>>>({
        type: 'object',
        additionalProperties: true,
        description: '`reason` is a stable code; the rest is what the check rests on',
      }),
    ),
  },
  { additionalProperties: false, description: 'One check of a verification' },
)
export type VerificationCheck = Static<typeof VerificationCheck>

export const VerificationReport = Type.Object(
  {
    outcome: Type.Enum(outcomes, { description: 'The worst outcome of all checks' }),
    checks: Type.Array(VerificationCheck, {
      maxItems: 2_000,
      description:
        'In the order they were carried out; with several credentials, evidence.credential says whose',
    }),
    microCredentials: Type.Array(MicroCredential, {
      maxItems: 100,
      description: 'What was shown; empty when it cannot be believed',
    }),
    verifiedAt: Type.String({ format: 'date-time' }),
  },
  {
    additionalProperties: false,
    description: 'Result of a verification: valid, invalid or undetermined, check by check',
    examples: [
      {
        outcome: 'invalid',
        checks: [
          {
            code: 'status',
            outcome: 'invalid',
            title: { sv: 'Status', en: 'Status' },
            detail: {
              sv: 'Utfärdaren har återkallat beviset.',
              en: 'The issuer has revoked the credential.',
            },
            evidence: { reason: 'revoked', value: 1 },
          },
        ],
        microCredentials: [],
        verifiedAt: '2026-06-05T12:00:00.000Z',
      },
    ],
  },
)
export type VerificationReport = Static<typeof VerificationReport>

const rank = (outcome: Outcome) => outcomes.indexOf(outcome)

/** The worst outcome of all checks; undetermined when nothing was checked. */
export const worstOutcome = (checks: readonly { readonly outcome: Outcome }[]): Outcome =>
  checks.length === 0
    ? 'undetermined'
    : checks.reduce<Outcome>(
        (worst, { outcome }) => (rank(outcome) > rank(worst) ? outcome : worst),
        'valid',
      )

import {
  checkCodes,
  outcomes,
  VerificationCheck,
  VerificationReport,
} from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'

/** What the verifier checks of an answer beyond the credentials themselves. */
export const answerCheckCodes = ['query', 'policy', 'transaction_data'] as const

const strict = { additionalProperties: false }

/** A check of a credential, or of the answer it came in. */
export const AnswerCheck = Type.Object(
  {
    ...VerificationCheck.properties,
    code: Type.Enum([...checkCodes, ...answerCheckCodes], {
      description:
        'Which check; stable. query: the answer holds what was asked for; policy: it stands what the policy demands; transaction_data: it authorises what was sent along',
    }),
  },
  strict,
)

/** The report on an answer: the checks of all credentials in it, each with the query it answers as evidence. */
export const AnswerReport = Type.Object(
  {
    ...VerificationReport.properties,
    outcome: Type.Enum(outcomes, { description: 'The worst outcome of all checks' }),
    checks: Type.Array(AnswerCheck, { maxItems: 500 }),
  },
  { ...strict, description: 'valid, invalid or undetermined, check by check' },
)

export type AnswerCheck = Static<typeof AnswerCheck>
export type AnswerReport = Static<typeof AnswerReport>

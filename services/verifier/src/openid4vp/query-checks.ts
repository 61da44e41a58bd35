import type { AnswerCheck } from '../verifications/report.ts'

const title = { sv: 'Det du frågade efter', en: 'What you asked for' }

/** V-13: the wallet showed what the query asks for. */
export const queryMet: AnswerCheck = {
  code: 'query',
  outcome: 'valid',
  title,
  detail: { sv: 'Svaret visar det du frågade efter.', en: 'The answer shows what you asked for.' },
}

/** V-13: it did not; the wallet is never trusted to have looked. */
export const queryNotMet: AnswerCheck = {
  code: 'query',
  outcome: 'invalid',
  title,
  detail: {
    sv: 'Svaret saknar en uppgift som du frågade efter, eller visar ett annat värde än du godtar.',
    en: 'The answer lacks a claim you asked for, or shows another value than you accept.',
  },
  remedy: {
    sv: 'Fråga igen. Kräv inte fler uppgifter än beviset kan innehålla.',
    en: 'Ask again. Do not ask for claims that the credential may not have.',
  },
  evidence: { reason: 'claims_missing' },
}

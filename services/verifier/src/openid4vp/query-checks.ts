import type { AnswerCheck } from '../verifications/report.ts'

const title = { sv: 'Det du frågade efter', en: 'What you asked for' }

/** V-13: the wallet showed what the query asks for. */
export const queryMet: AnswerCheck = {
  code: 'query',
  outcome: 'valid',
  title,
  detail: { sv: 'Svaret visar det du frågade efter.', en: 'The answer shows what you asked for.' },
  evidence: { reason: 'met' },
}

/** V-13: it did not; the wallet is never trusted to have looked. */
export const claimsMissing: AnswerCheck = {
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

/** V-13: the credential is certified by somebody else than the query names. */
export const otherAuthority: AnswerCheck = {
  code: 'query',
  outcome: 'invalid',
  title,
  detail: {
    sv: 'Utfärdaren är inte certifierad av någon av dem som du godtar i frågan.',
    en: 'The issuer is not certified by any of the authorities that the query accepts.',
  },
  remedy: {
    sv: 'Be om ett bevis från en annan utfärdare, eller godta fler certifikatutfärdare i frågan.',
    en: 'Ask for a credential of another issuer, or accept more authorities in the query.',
  },
  evidence: { reason: 'authority_not_accepted' },
}

/** V-13, V-30: the query names a trust list or a federation, and nothing here can say who belongs to it. */
export const authorityUnknown: AnswerCheck = {
  code: 'query',
  outcome: 'undetermined',
  title,
  detail: {
    sv: 'Det gick inte att avgöra om utfärdaren hör till dem som du godtar i frågan.',
    en: 'Whether the issuer belongs to those that the query accepts could not be determined.',
  },
  remedy: {
    sv: 'Ange även certifikatutfärdarens nyckel (aki), eller avgör det genom tillitsregistret.',
    en: 'Name the key of the authority (aki) as well, or settle it by the trust registry.',
  },
  evidence: { reason: 'authority_unknown' },
}

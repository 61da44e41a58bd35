import type { MicroCredential } from '@mikromerit/credentials'
import type { PolicyRules } from '../policies/schemas.ts'
import type { AnswerCheck } from '../verifications/report.ts'

export interface PolicySubject {
  readonly issuer: string | undefined
  readonly microCredential: MicroCredential
  readonly now: Date
}

const dayMs = 86_400_000

const title = { sv: 'Dina villkor', en: 'Your policy' }

/**
 * What a policy demands of one credential; undefined when it demands nothing here. That the issuer be
 * registered is part of the check issuer_authorised.
 */
export function checkPolicy(
  { acceptedIssuers, maxAgeDays }: PolicyRules,
  subject: PolicySubject,
): AnswerCheck | undefined {
  if (!acceptedIssuers && maxAgeDays === undefined) return undefined
  const { issuer } = subject
  if (acceptedIssuers && (issuer === undefined || !acceptedIssuers.includes(issuer)))
    return issuerNotAccepted
  if (maxAgeDays === undefined) return met
  const awarded = subject.microCredential.awardedOn ?? subject.microCredential.issuedAt
  const age = subject.now.getTime() - Date.parse(awarded ?? '')
  if (Number.isNaN(age)) return ageUnknown
  return age <= maxAgeDays * dayMs ? met : tooOld
}

const met: AnswerCheck = {
  code: 'policy',
  outcome: 'valid',
  title,
  detail: { sv: 'Dina villkor är uppfyllda.', en: 'What your policy demands is met.' },
  evidence: { reason: 'met' },
}

const issuerNotAccepted: AnswerCheck = {
  code: 'policy',
  outcome: 'invalid',
  title,
  detail: {
    sv: 'Utfärdaren finns inte bland dem du godtar.',
    en: 'The issuer is not among those that your policy accepts.',
  },
  remedy: {
    sv: 'Be om ett bevis från en utfärdare som du godtar, eller lägg till utfärdaren i dina villkor.',
    en: 'Ask for a credential of an issuer you accept, or add the issuer to the policy.',
  },
  evidence: { reason: 'issuer_not_accepted' },
}

const tooOld: AnswerCheck = {
  code: 'policy',
  outcome: 'invalid',
  title,
  detail: {
    sv: 'Beviset är äldre än du godtar.',
    en: 'The award is older than your policy accepts.',
  },
  evidence: { reason: 'too_old' },
}

const ageUnknown: AnswerCheck = {
  code: 'policy',
  outcome: 'undetermined',
  title,
  detail: {
    sv: 'Beviset säger inte när det gavs.',
    en: 'The credential does not say when it was awarded.',
  },
  remedy: { sv: 'Be även om datum.', en: 'Ask for the date as well.' },
  evidence: { reason: 'age_unknown' },
}

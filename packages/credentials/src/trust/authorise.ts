import type { MicroCredential } from '../formats/micro-credential.ts'
import type { Authorisation, AuthorisationQuery } from '../verification/context.ts'
import type { MayAward, RegisteredIssuer } from './registered-issuer.ts'

/** Why an issuer may or may not award this: `reason` in the evidence of issuer_authorised; none is ever renamed. */
export const authorisationReasons = [
  'anchor',
  'registered',
  'not_registered',
  'not_yet_registered',
  'registration_ended',
  'vct_not_allowed',
  'level_not_allowed',
  'level_not_shown',
  'credit_framework_not_allowed',
  'credit_framework_not_shown',
  'field_not_allowed',
  'field_not_shown',
] as const
type AuthorisationReason = (typeof authorisationReasons)[number]

/** Where issuers are looked up. */
export interface IssuerRegistry {
  findIssuer(identifier: string): Promise<RegisteredIssuer | undefined>
}

export interface AuthoriseOptions {
  /** A policy's: an anchor alone is not enough. */
  readonly requireRegisteredIssuer?: boolean | undefined
}

/**
 * Whether the issuer may award this, as of the day it did (V-19). An issuer that the registry does not list
 * stands on its trust anchor alone (ADR 2); one that it lists is held to the entry.
 */
export async function authorise(
  trust: IssuerRegistry,
  { issuer, vct, microCredential, at }: AuthorisationQuery,
  { requireRegisteredIssuer = false }: AuthoriseOptions = {},
): Promise<Authorisation> {
  const entry = await trust.findIssuer(issuer)
  if (!entry) {
    const evidence = { source: 'anchor' }
    return requireRegisteredIssuer
      ? { outcome: 'invalid', code: 'not_registered', evidence }
      : { outcome: 'valid', code: 'anchor', evidence }
  }
  const evidence = { source: 'registry', entry: entry.id, legalName: entry.legalName }
  const period = checkPeriod(entry, dayOfAward(microCredential, at))
  if (period) return { ...period, evidence }
  const limits = checkLimits(entry.mayAward ?? {}, vct, microCredential)
  const exceeded = limits.find(({ outcome }) => outcome === 'invalid') ?? limits[0]
  if (!exceeded) return { outcome: 'valid', code: 'registered', evidence }
  return { ...exceeded, evidence }
}

/** The day it was awarded counts, since a copy may be issued years later; else the day of issue. */
const dayOfAward = ({ awardedOn, issuedAt }: MicroCredential, at: Date): string =>
  (awardedOn ?? issuedAt ?? at.toISOString()).slice(0, 10)

/** Days are compared, so that both ends of the period hold for the whole day. */
function checkPeriod({ since, until }: RegisteredIssuer, day: string): Limit | undefined {
  if (day < since.slice(0, 10)) return exceeds('not_yet_registered')
  if (until !== undefined && until.slice(0, 10) < day) return exceeds('registration_ended')
  return undefined
}

interface Limit {
  readonly outcome: 'invalid' | 'undetermined'
  readonly code: AuthorisationReason
}

/** The limits that are exceeded, or that cannot be checked because the claim was not shown. */
function checkLimits(mayAward: MayAward, vct: string, shown: MicroCredential): Limit[] {
  const { vcts, levels, creditFrameworks, fields } = mayAward
  return [
    ...(vcts && !vcts.includes(vct) ? [exceeds('vct_not_allowed')] : []),
    ...(levels ? checkLevels(levels, shown.levels) : []),
    ...(creditFrameworks
      ? checkListed(
          'credit_framework',
          creditFrameworks,
          shown.workload && (shown.workload.credits ?? []).map(({ framework }) => framework),
        )
      : []),
    ...(fields ? checkListed('field', fields, shown.fields) : []),
  ]
}

function checkLevels(
  allowed: NonNullable<MayAward['levels']>,
  shown: MicroCredential['levels'],
): Limit[] {
  if (!shown) return [unknown('level_not_shown')]
  const isAllowed = ({ framework, level }: (typeof shown)[number]) =>
    allowed.some((limit) => limit.framework === framework && level <= limit.max)
  return shown.every(isAllowed) ? [] : [exceeds('level_not_allowed')]
}

interface Coded {
  readonly uri?: string
  readonly text?: string
}

function checkListed(
  what: 'credit_framework' | 'field',
  allowed: readonly string[],
  shown: readonly Coded[] | undefined,
): Limit[] {
  if (!shown) return [unknown(`${what}_not_shown`)]
  const isAllowed = ({ uri, text }: Coded) => allowed.includes(uri ?? text ?? '')
  return shown.every(isAllowed) ? [] : [exceeds(`${what}_not_allowed`)]
}

const exceeds = (code: AuthorisationReason): Limit => ({ outcome: 'invalid', code })

// Nothing fails open: a limit that cannot be checked is not shown as kept.
const unknown = (code: AuthorisationReason): Limit => ({ outcome: 'undetermined', code })

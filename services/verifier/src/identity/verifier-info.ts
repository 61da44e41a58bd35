import type { X509Certificate } from 'node:crypto'
import { certificateNames, isObject, parseJws } from '@mikromerit/credentials'
import { ConfigurationError } from '@mikromerit/service-kit'

/** Something others attest about us, shown to wallets (OpenID4VP 1.0, section 5.1: verifier_info). */
export interface VerifierInfo {
  readonly format: string
  /** A signed JWT, such as a registration certificate. */
  readonly data: string
  readonly subject: string
  readonly expiresAt?: Date
}

/** What a request carries of it. */
export type VerifierInfoEntry = Pick<VerifierInfo, 'format' | 'data'>

const maxEntries = 8

/**
 * Reads VERIFIER_INFO: a JSON array of `{ format, data }` whose data are JWTs with a subject.
 * @throws ConfigurationError
 */
export function readVerifierInfo(text: string | undefined): readonly VerifierInfo[] {
  if (text === undefined) return []
  const entries = parseArray(text)
  if (!entries || entries.length === 0 || entries.length > maxEntries)
    throw fault(`must be a JSON array with 1 to ${maxEntries} entries`)
  return entries.map(readEntry)
}

function readEntry(entry: unknown): VerifierInfo {
  const { format, data } = isObject(entry) ? entry : {}
  const jws = typeof data === 'string' ? parseJws(data) : undefined
  if (typeof format !== 'string' || format === '' || typeof data !== 'string' || !jws?.ok)
    throw fault('must hold entries with a format and a signed JWT as data')
  const { sub, exp } = jws.value.payload
  if (typeof sub !== 'string' || sub === '') throw fault('must hold JWTs that name their subject')
  const expiresAt = typeof exp === 'number' ? { expiresAt: new Date(exp * 1_000) } : {}
  return { format, data, subject: sub, ...expiresAt }
}

/** V-35: those in force that are about whom the certificate of the request names; a stranger's prove nothing. */
export function chooseVerifierInfo(
  infos: readonly VerifierInfo[],
  leaf: X509Certificate,
  now: Date,
): VerifierInfoEntry[] {
  if (infos.length === 0) return []
  const names = namesOf(leaf)
  return infos
    .filter(({ subject, expiresAt }) => names.has(subject) && (!expiresAt || now < expiresAt))
    .map(({ format, data }) => ({ format, data }))
}

/** Alternative names, and the values of the subject: an identifier of an organisation stands there. */
function namesOf(leaf: X509Certificate): ReadonlySet<string> {
  const { dns, uris } = certificateNames(leaf)
  const subject: unknown[] = Object.values({ ...leaf.toLegacyObject().subject })
  const values = subject.flat().filter((value) => typeof value === 'string')
  return new Set([...dns, ...uris, ...values])
}

function parseArray(text: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

const fault = (what: string) => new ConfigurationError([`VERIFIER_INFO ${what}`])

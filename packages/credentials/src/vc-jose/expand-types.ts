import { openBadgesContexts } from '../formats/open-badge/vocabulary.ts'

/** Types whose meaning the published contexts of ours and others give; no context is fetched (S-13). */
const expansions: ReadonlyMap<string, string> = new Map([
  ['VerifiableCredential', 'https://www.w3.org/2018/credentials#VerifiableCredential'],
  ['EuropeanDigitalCredential', 'http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential'],
  ['OpenBadgeCredential', 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential'],
  [
    'AchievementCredential',
    // Open Badges 3.0: the same class under its other name.
    'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential',
  ],
])

const contextPath = '/contexts/elm-vc2/v1'

const knownContexts: ReadonlySet<string> = new Set([
  ...openBadgesContexts,
  'http://data.europa.eu/snb/model/context/edc-ap',
  'https://www.w3.org/2018/credentials/v1',
  'https://www.w3.org/ns/credentials/v2',
])

/** Whether we know what a JSON-LD context says, without fetching it: those of others by address, ours by path. */
export const isKnownContext = (context: string): boolean =>
  knownContexts.has(context) || (URL.parse(context)?.pathname.endsWith(contextPath) ?? false)

/** The types of a credential with their full names (OpenID4VP 1.0, B.1.1). One that no context of ours defines stays. */
export const expandTypes = (types: readonly string[]): string[] =>
  types.map((type) => expansions.get(type) ?? type)

/**
 * Whether a credential has all types of one of these alternatives. A type may be written in full or as it stands in the
 * credential: wallets and verifiers of the field do both.
 */
export function matchesTypes(
  types: readonly string[],
  alternatives: readonly (readonly string[])[],
): boolean {
  const full = new Set(expandTypes(types))
  return alternatives.some((wanted) => expandTypes(wanted).every((type) => full.has(type)))
}

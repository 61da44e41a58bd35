const openBadges = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'

// What the contexts we know make of a type: they are never fetched (S-13).
const expanded: ReadonlyMap<string, string> = new Map([
  ['VerifiableCredential', 'https://www.w3.org/2018/credentials#VerifiableCredential'],
  ['OpenBadgeCredential', `${openBadges}OpenBadgeCredential`],
  ['AchievementCredential', `${openBadges}OpenBadgeCredential`],
  ['EuropeanDigitalCredential', 'http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential'],
])

/** The types of a W3C credential as `type_values` may name them: expanded (OpenID4VP B.1.1), and as they are written. */
export const expandTypes = (types: readonly string[]): string[] => [
  ...new Set(types.flatMap((type) => [type, expanded.get(type) ?? type])),
]

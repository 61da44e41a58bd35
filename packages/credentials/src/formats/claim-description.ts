/** The smallest disclosure profile that shows a claim; `visible` claims are never hidden. */
export type ClaimProfile = 'visible' | 'skills' | 'recognition' | 'full'

export interface ClaimDescription {
  readonly profile: ClaimProfile
  readonly sv: string
  readonly en: string
  /** In every credential we issue. */
  readonly isAlwaysThere?: true
  /** A list: its elements share the label. */
  readonly isList?: true
}

export type ClaimTable = Readonly<Record<string, ClaimDescription>>

export type DisclosureProfiles = Readonly<
  Record<'existence' | 'skills' | 'recognition' | 'full', readonly string[]>
>

const claimsUpTo = (claims: ClaimTable, ...profiles: readonly ClaimProfile[]): readonly string[] =>
  Object.entries(claims)
    .filter(([, { profile }]) => profiles.includes(profile))
    .map(([name]) => name)

/** Claims that become Disclosures. */
export const listDisclosable = (claims: ClaimTable): readonly string[] =>
  claimsUpTo(claims, 'skills', 'recognition', 'full')

/**
 * Useful selections of disclosable claims, each containing the one before: proof of existence, what the
 * learner can do, what recognition needs, and who the learner is (domain.md 3.4).
 */
export const buildDisclosureProfiles = (claims: ClaimTable): DisclosureProfiles => ({
  existence: [],
  skills: claimsUpTo(claims, 'skills'),
  recognition: claimsUpTo(claims, 'skills', 'recognition'),
  full: listDisclosable(claims),
})

export interface ClaimMetadata {
  path: (string | number | null)[]
  display: { locale: string; label: string; description?: string }[]
  mandatory: boolean
  sd: 'always' | 'never'
}

/** The claims as SD-JWT VC type metadata describes them, in Swedish and English. */
export const describeClaims = (claims: ClaimTable): ClaimMetadata[] =>
  Object.entries(claims).flatMap(([name, { profile, sv, en, isAlwaysThere, isList }]) => {
    const display = [
      { locale: 'sv', label: sv },
      { locale: 'en', label: en },
    ]
    const claim: ClaimMetadata = {
      path: [name],
      display,
      mandatory: isAlwaysThere ?? false,
      sd: profile === 'visible' ? 'never' : 'always',
    }
    // A list is disclosed as a whole: its elements are never hidden one by one.
    return isList
      ? [claim, { path: [name, null], display, mandatory: false, sd: 'never' as const }]
      : [claim]
  })

import { buildDisclosureProfiles, type DisclosureProfiles } from './claim-description.ts'
import { disclosureProfiles } from './learning-credential-claims.ts'
import { rulebookClaims } from './webuild/claims.ts'
import { findRulebookFormat, rulebookFormats } from './webuild/rulebook.ts'

const ofRulebooks = new Map(
  rulebookFormats.map((format) => [format, buildDisclosureProfiles(rulebookClaims[format])]),
)

/** The disclosure profiles of a credential type; those of the EUDI learning credential for types we do not know. */
export function findDisclosureProfiles(vct: string | undefined): DisclosureProfiles {
  const format = findRulebookFormat(vct)
  return (format && ofRulebooks.get(format)) ?? disclosureProfiles
}

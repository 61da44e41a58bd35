import { findDisclosureProfiles } from '@mikromerit/credentials'
import { type ClaimPath, joinPath } from '../claims/claim-path.ts'
import type { OpenCredential } from '../claims/open-credential.ts'
import type { Parsed } from '../parsed.ts'

/**
 * What a selection never leaves out: a title without its issuer or level, or a recognition without the word that it is
 * one, would mislead. Names of the EUDI learning credential and of the WE BUILD types.
 */
const keptTogether: ReadonlySet<string> = new Set([
  'achievement_title',
  'title',
  'name',
  'issuing_authority',
  'issuerName',
  'issuerCountry',
  'awardingBody',
  'level_of_learning_experience',
  'levels',
  'level',
  'nationalQualificationsFrameworkLevel',
  'skillProficiencyLevel',
  'qualityAssuranceLevel',
  'validation',
])

/** A grade says nothing without its scale. */
const companions: Readonly<Record<string, string>> = {
  assessment_grade: 'grading_scheme',
  grade: 'gradingScheme',
}

/** The disclosures a share opens: those chosen, or what one has learned, and those that belong with them. Pure. */
export function chooseSharedClaims(
  { disclosable, vc, payload }: Pick<OpenCredential, 'disclosable' | 'vc' | 'payload'>,
  chosen: readonly ClaimPath[] | undefined,
): Parsed<readonly ClaimPath[]> {
  if (vc)
    return chosen
      ? { ok: false, detail: 'A VC-JWT is shown whole: leave claims out.' }
      : { ok: true, value: [] }
  const known = new Set(disclosable.map(joinPath))
  if (chosen?.some((path) => !known.has(joinPath(path))))
    return { ok: false, detail: 'A path in claims is not among those that can be disclosed.' }
  const vct = typeof payload.vct === 'string' ? payload.vct : undefined
  const wanted = new Set(chosen?.map(joinPath) ?? findDisclosureProfiles(vct).skills)
  const paths = disclosable.filter((path) => {
    const [name = ''] = path
    return wanted.has(joinPath(path)) || keptTogether.has(String(name)) || isCompanion(name, wanted)
  })
  return { ok: true, value: paths }
}

const isCompanion = (name: ClaimPath[number], wanted: ReadonlySet<string>): boolean =>
  Object.entries(companions).some(([claim, companion]) => companion === name && wanted.has(claim))

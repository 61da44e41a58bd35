import { qualityAssuranceTypes } from '../code-lists/quality-assurance.ts'
import { checkCode } from './check-codes.ts'
import { checkTexts } from './check-texts.ts'
import type { Finding } from './finding.ts'
import type { OrganisationDraft } from './organisation.ts'

/** Rules on an organisation (domain.md section 8). The schema has been checked before. */
export const checkOrganisation = (draft: OrganisationDraft): Finding[] => [
  ...checkTexts(draft),
  ...(draft.accreditations ?? []).flatMap(({ type }, index) =>
    checkCode(qualityAssuranceTypes, type, 'accreditations', index, 'type'),
  ),
]

/** As what an attestation of attributes is issued (eIDAS): the law decides, the issuer only says so. */
export const legalCategories = ['non_qualified', 'qualified', 'public_body'] as const
export type LegalCategory = (typeof legalCategories)[number]

/** The two claims in dispute: of ETSI TS 119 472-1 and of the Architecture and Reference Framework 3.0. */
export const legalCategoryClaims = ['category', 'attestation_legal_category'] as const
export type LegalCategoryClaim = (typeof legalCategoryClaims)[number]

export interface LegalCategoryOptions {
  readonly value: LegalCategory
  readonly claims: readonly LegalCategoryClaim[]
}

const spellings: Readonly<Record<LegalCategoryClaim, Readonly<Record<LegalCategory, string>>>> = {
  category: {
    non_qualified: 'eaa:eu:non-qualified',
    qualified: 'eaa:eu:qualified',
    public_body: 'eaa:eu:pub',
  },
  attestation_legal_category: {
    non_qualified: 'non-qualified-EAA',
    qualified: 'QEAA',
    public_body: 'PuB-EAA',
  },
}

export const defaultLegalCategory: LegalCategoryOptions = {
  value: 'non_qualified',
  claims: ['category'],
}

/** The legal category in the claims an issuer has chosen (domain.md, "Three competing SD-JWT types"). */
export const projectLegalCategory = ({
  value,
  claims,
}: LegalCategoryOptions): Partial<Record<LegalCategoryClaim, string>> =>
  Object.fromEntries(claims.map((claim) => [claim, spellings[claim][value]]))

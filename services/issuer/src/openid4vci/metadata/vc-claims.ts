/** A claim of a credential as its metadata describes it (OpenID4VCI 12.2.4, appendix B.2). */
export interface MetadataClaim {
  readonly path: readonly (string | number | null)[]
  readonly mandatory: boolean
  readonly display: readonly { readonly name: string; readonly locale: string }[]
}

type Row = readonly [path: MetadataClaim['path'], sv: string, en: string, isAlwaysThere?: true]

const describe = (rows: readonly Row[]): readonly MetadataClaim[] =>
  rows.map(([path, sv, en, isAlwaysThere = false]) => ({
    path,
    mandatory: isAlwaysThere,
    display: [
      { name: sv, locale: 'sv' },
      { name: en, locale: 'en' },
    ],
  }))

const claim = ['credentialSubject', 'hasClaim', null] as const
const specification = [...claim, 'specifiedBy'] as const

/** What people look for in a European Digital Credential, by its place (domain.md section 1). */
export const elmClaims = describe([
  [['credentialSubject', 'fullName'], 'Namn', 'Name', true],
  [[...claim, 'title'], 'Benämning', 'Title', true],
  [[...claim, 'awardedBy', 'awardingBody'], 'Tilldelande organisation', 'Awarding body', true],
  [[...claim, 'awardedBy', 'awardingDate'], 'Tilldelad den', 'Date of award', true],
  [[...specification, 'learningOutcome'], 'Läranderesultat', 'Learning outcomes', true],
  [[...specification, 'volumeOfLearning'], 'Omfattning i tid', 'Workload'],
  [[...specification, 'creditPoint'], 'Poäng', 'Credits'],
  [[...specification, 'eqfLevel'], 'Nivå (EQF)', 'Level (EQF)'],
  [[...claim, 'provenBy'], 'Bedömning', 'Assessment', true],
  [[...specification, 'learningSetting'], 'Lärandeform', 'Learning setting'],
  [[...specification, 'accreditation'], 'Kvalitetssäkring', 'Quality assurance'],
  [['validUntil'], 'Meriten gäller till', 'Date of expiry'],
])

const subject = ['credentialSubject'] as const
const achievement = [...subject, 'achievement'] as const

/** The same of an Open Badge. */
export const openBadgeClaims = describe([
  [['name'], 'Benämning', 'Title', true],
  [[...achievement, 'description'], 'Beskrivning', 'Description', true],
  [[...achievement, 'criteria', 'narrative'], 'Vad som krävdes', 'Criteria', true],
  [
    [...achievement, 'alignment'],
    'Läranderesultat, nivå och former',
    'Outcomes, level and forms',
    true,
  ],
  [['issuer', 'name'], 'Utfärdare', 'Issuer', true],
  [['awardedDate'], 'Tilldelad den', 'Date of award', true],
  [[...subject, 'identifier'], 'Namn', 'Name', true],
  [[...subject, 'creditsEarned'], 'Poäng', 'Credits'],
  [[...subject, 'result'], 'Betyg', 'Result'],
  [['evidence'], 'Underlag', 'Evidence'],
  [['validUntil'], 'Meriten gäller till', 'Date of expiry'],
])

import type { CodeList } from './code-list.ts'

/** How far somebody masters a skill: the five stages of Dreyfus and Dreyfus. Never a level of education. */
export const proficiencyStages = [
  'novice',
  'advanced_beginner',
  'competent',
  'proficient',
  'expert',
] as const
export type ProficiencyStage = (typeof proficiencyStages)[number]

const stageLabels: Readonly<Record<ProficiencyStage, { sv: string; en: string }>> = {
  novice: { sv: 'nybörjare', en: 'novice' },
  advanced_beginner: { sv: 'avancerad nybörjare', en: 'advanced beginner' },
  competent: { sv: 'kompetent', en: 'competent' },
  proficient: { sv: 'skicklig', en: 'proficient' },
  expert: { sv: 'expert', en: 'expert' },
}

export const proficiencyConcepts: CodeList = {
  name: { sv: 'färdighetsstadium (Dreyfus)', en: 'skill proficiency (Dreyfus)' },
  scheme: 'urn:mikromerit:proficiency',
  isClosed: true,
  concepts: proficiencyStages.map((code) => ({
    code,
    uri: `urn:mikromerit:proficiency:${code.replaceAll('_', '-')}`,
    labels: stageLabels[code],
  })),
}

/** Who stands behind an assessment, from the assessing organisation alone to an audit of it (WE BUILD rulebook). */
export const assuranceLevelConcepts: CodeList = {
  name: { sv: 'kvalitetssäkring av bedömningen', en: 'assurance of the assessment' },
  scheme: 'urn:mikromerit:assurance-level',
  isClosed: true,
  concepts: [
    {
      code: 'self_asserted',
      uri: 'urn:mikromerit:assurance-level:self-asserted',
      labels: { sv: 'egen bedömning', en: 'self-asserted' },
    },
    {
      code: 'third_party_assessed',
      uri: 'urn:mikromerit:assurance-level:third-party-assessed',
      labels: { sv: 'bedömd av en oberoende part', en: 'third-party assessed' },
    },
    {
      code: 'audited_assessment',
      uri: 'urn:mikromerit:assurance-level:audited-assessment',
      labels: { sv: 'granskad bedömning', en: 'audited assessment' },
    },
  ],
}

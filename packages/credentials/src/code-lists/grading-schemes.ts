import type { GradingScheme } from '../domain/learning.ts'

/** Swedish grading scales, grades from low to high (domain.md, Grading). Grades are never converted between them. */
export const gradingSchemes: readonly GradingScheme[] = [
  { id: 'UG', title: { sv: 'U–G' }, values: ['U', 'G'], passing: 'G' },
  { id: 'UGVG', title: { sv: 'U–G–VG' }, values: ['IG', 'U', 'G', 'VG'], passing: 'G' },
  { id: 'AF', title: { sv: 'A–F' }, values: ['F', 'E', 'D', 'C', 'B', 'A'], passing: 'E' },
  {
    id: 'AF-TH',
    title: { sv: 'A–F med Fx', en: 'A–F with Fx' },
    values: ['F', 'Fx', 'E', 'D', 'C', 'B', 'A'],
    passing: 'E',
  },
  { id: 'GU-5', title: { sv: 'U, 3–5' }, values: ['U', '3', '4', '5'], passing: '3' },
  {
    id: 'validated',
    title: { sv: 'Validering', en: 'Validation' },
    values: ['ej godkänd', 'delvis godkänd', 'godkänd'],
    passing: 'delvis godkänd',
  },
]

export const findGradingScheme = (id: string): GradingScheme | undefined =>
  gradingSchemes.find((scheme) => scheme.id === id)

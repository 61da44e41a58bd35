import { euList } from './code-list.ts'

export const qualityAssuranceTypes = euList(
  'accreditation',
  { sv: 'typ av kvalitetssäkring', en: 'quality assurance type' },
  'closed',
  [
    [
      'bb4618238e',
      'institutional_qa',
      'Institutional Quality Assurance',
      'kvalitetssäkring av institutionen',
    ],
    ['820101cba6', 'programme_qa', 'Program Quality Assurance', 'kvalitetssäkring av utbildningen'],
    ['003293d2ce', 'institutional_licence', 'Institutional License', 'tillstånd för institutionen'],
    ['e57dddfcf3', 'programme_licence', 'Program License', 'tillstånd för utbildningen'],
  ],
)

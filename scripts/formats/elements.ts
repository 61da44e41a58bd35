import { isObject, type MicroCredential } from '@mikromerit/credentials'

/** An element of the European standard, and where it lies in what a credential is read as. */
export interface Element {
  readonly number: string
  readonly title: string
  readonly path: readonly string[]
}

/** Council Recommendation 2022/C 243/02, Annex I, and what Sweden needs besides. */
export const elements: readonly Element[] = [
  ['1', 'Learner', 'learner'],
  ['2', 'Title', 'title'],
  ['3', 'Country of the issuer', 'issuer', 'country'],
  ['4', 'Awarding body apart from the issuer', 'awardingBodies'],
  ['5', 'Date of the award', 'awardedOn'],
  ['6', 'Learning outcomes', 'learningOutcomes'],
  ['7', 'Notional workload: hours', 'workload', 'hours'],
  ['7', 'Notional workload: credits', 'workload', 'credits'],
  ['8', 'Levels', 'levels'],
  ['9', 'Type of assessment', 'assessment', 'types'],
  ['10', 'Form of participation', 'participation', 'modes'],
  ['11', 'Quality assurance', 'qualityAssurance'],
  ['12', 'Prerequisites', 'prerequisites'],
  ['13', 'Supervision and identity verification', 'assessment', 'supervision'],
  ['14', 'Grade', 'result', 'grade'],
  ['14', 'Grading scale', 'result', 'scheme'],
  ['15', 'Stackability', 'stacking', 'towards'],
  ['16', 'Description', 'description'],
  ['17', 'Setting', 'setting'],
  ['18', 'Validation: standard', 'validation', 'standard'],
  ['18', 'Validation: methods', 'validation', 'methods'],
  ['19', 'Language of instruction', 'participation', 'languages'],
  ['20', 'Field of education', 'fields'],
  ['21', 'Skills', 'skills'],
  ['22', 'Validity of the competence', 'validUntil'],
  ['–', 'Skill proficiency', 'proficiency'],
  ['–', 'Assurance of the assessment', 'assuranceLevel'],
  ['–', 'Parts of a whole', 'components'],
  ['–', 'The definition’s address', 'achievementId'],
  ['–', 'The award’s identifier', 'awardId'],
].map(([number = '', title = '', ...path]) => ({ number, title, path }))

export const readElement = (shown: MicroCredential, { path }: Element): unknown =>
  path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), shown)

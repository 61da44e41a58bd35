/** Elements are named in the singular: a list is the element, repeated. */
const singular: Readonly<Record<string, string>> = {
  assessments: 'assessment',
  assessors: 'assessor',
  awardingBodies: 'awardingBody',
  components: 'component',
  credits: 'credit',
  fields: 'field',
  identifiers: 'identifier',
  jurisdictions: 'jurisdiction',
  languages: 'language',
  learningOutcomes: 'learningOutcome',
  levels: 'level',
  methods: 'method',
  modes: 'mode',
  outcomes: 'outcome',
  skills: 'skill',
  steps: 'step',
  targetGroups: 'targetGroup',
  types: 'type',
  values: 'value',
}

export const elementName = (member: string): string => singular[member] ?? member

/** Objects that are mostly one value: alone, it stands as the text of the element (domain.md section 4). */
export const shorthands: Readonly<Record<string, string>> = {
  skill: 'uri',
  qualityAssurance: 'type',
}

import Type, { type Static } from 'typebox'

const Text = Type.String({ minLength: 1, maxLength: 500 })

/** Why the asker asks, in both languages: shown to the learner before anything is disclosed (V-34). */
export const Purpose = Type.Object(
  { sv: Text, en: Text },
  { additionalProperties: false, description: 'Why you ask, as the learner will read it' },
)

export type Purpose = Static<typeof Purpose>

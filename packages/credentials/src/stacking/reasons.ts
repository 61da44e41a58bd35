import Type, { type Static } from 'typebox'
import { LocalisedText } from '../domain/text.ts'

/** Why something is missing, or why a credential does not count: code → Swedish, English. */
const messages = {
  STACK_NOT_HELD: ['Den delen har inte visats.', 'This part was not shown.'],
  STACK_CREDITS_SHORT: ['Poängen räcker inte.', 'The credits do not suffice.'],
  STACK_HOURS_SHORT: ['Timmarna räcker inte.', 'The hours do not suffice.'],
  STACK_OUTCOMES_SHORT: [
    'Alla efterfrågade kompetenser täcks inte.',
    'Not all skills asked for are covered.',
  ],
  STACK_WRONG_FRAMEWORK: [
    'Beviset anger inga poäng i det efterfrågade poängsystemet.',
    'The credential has no credits in the system asked for.',
  ],
  STACK_FILTERED: [
    'Beviset hör inte till det som räknas här.',
    'The credential is not of the kind that counts here.',
  ],
  STACK_DEFINITION_FOREIGN: [
    'Beviset hänvisar till en definition som dess utfärdare inte kan svara för.',
    'The credential names a definition that its issuer cannot speak for.',
  ],
  STACK_ALREADY_USED: [
    'Beviset, eller något det ingår i, räknas redan på annat håll.',
    'The credential, or something it is a part of, counts elsewhere already.',
  ],
  STACK_TOO_OLD: ['Tilldelningen är för gammal.', 'It was awarded too long ago.'],
  STACK_DATE_UNKNOWN: [
    'Beviset visar inte när det tilldelades.',
    'The credential does not show when it was awarded.',
  ],
  STACK_EXPIRED: ['Kompetensens giltighetstid har gått ut.', 'The competence has expired.'],
  STACK_LEVEL_LOW: ['Nivån är för låg.', 'The level is too low.'],
  STACK_LEVEL_UNKNOWN: [
    'Beviset visar ingen nivå i det efterfrågade ramverket.',
    'The credential shows no level of the framework asked for.',
  ],
  STACK_REVOKED: ['Beviset är återkallat.', 'The credential is revoked.'],
  STACK_SUSPENDED: ['Beviset är tillfälligt spärrat.', 'The credential is suspended.'],
  STACK_INVALID: ['Beviset är ogiltigt.', 'The credential is invalid.'],
  STACK_UNDETERMINED: [
    'Beviset kunde inte kontrolleras: det skulle räknas om kontrollen lyckas.',
    'The credential could not be checked: it would count if that succeeds.',
  ],
  STACK_NOT_DISTINCT: [
    'Delarna kommer från för få utfärdare.',
    'The parts come from too few awarding bodies.',
  ],
  STACK_TOO_COMPLEX: [
    'Underlaget är för stort för att avgöras automatiskt.',
    'There is too much here to decide automatically.',
  ],
} as const satisfies Readonly<Record<string, readonly [sv: string, en: string]>>

export type StackingCode = keyof typeof messages

export const StackingReason = Type.Object(
  {
    code: Type.String({ pattern: '^STACK_[A-Z_]{2,60}$', description: 'Stable' }),
    message: LocalisedText,
    credential: Type.Optional(
      Type.String({ maxLength: 300, description: 'The credential it is about' }),
    ),
  },
  { additionalProperties: false },
)
export type StackingReason = Static<typeof StackingReason>

export function stackingReason(code: StackingCode, credential?: string): StackingReason {
  const [sv, en] = messages[code]
  return { code, message: { sv, en }, ...(credential !== undefined && { credential }) }
}

import Type, { type Static } from 'typebox'
import { StackingReason } from './reasons.ts'

const strict = { additionalProperties: false }

const StackingProgress = Type.Object(
  {
    pointer: Type.String({ maxLength: 300, description: 'The requirement, as JSON Pointer' }),
    isFulfilled: Type.Boolean(),
    have: Type.Number({ description: 'Parts, credits, hours or skills that count' }),
    need: Type.Number(),
    reasons: Type.Array(StackingReason, { maxItems: 200 }),
  },
  strict,
)
export type StackingProgress = Static<typeof StackingProgress>

/** The answer to "does this suffice for the whole?", requirement by requirement. */
export const StackingResult = Type.Object(
  {
    outcome: Type.Enum(['fulfilled', 'missing']),
    progress: Type.Array(StackingProgress, { maxItems: 1_000 }),
    used: Type.Array(Type.Object({ credential: Type.String(), pointer: Type.String() }, strict), {
      maxItems: 1_000,
      description: 'Which credential counts for which requirement, each once',
    }),
    unused: Type.Array(Type.String(), { maxItems: 1_000 }),
    excluded: Type.Array(StackingReason, {
      maxItems: 1_000,
      description: 'Credentials that cannot count at all, for example revoked ones',
    }),
    missing: Type.Array(StackingReason, {
      maxItems: 1_000,
      description: 'Why it does not suffice; empty when it does',
    }),
  },
  {
    ...strict,
    description: 'Whether the credentials suffice for the whole, and why not',
    examples: [
      {
        outcome: 'missing',
        progress: [
          {
            pointer: '/rule/all/0',
            isFulfilled: false,
            have: 0,
            need: 1,
            reasons: [
              {
                code: 'STACK_NOT_HELD',
                message: { sv: 'Den delen har inte visats.', en: 'This part was not shown.' },
              },
            ],
          },
        ],
        used: [],
        unused: [],
        excluded: [],
        missing: [
          {
            code: 'STACK_NOT_HELD',
            message: { sv: 'Den delen har inte visats.', en: 'This part was not shown.' },
          },
        ],
      },
    ],
  },
)
export type StackingResult = Static<typeof StackingResult>

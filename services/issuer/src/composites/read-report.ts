import { MicroCredential } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'

/** What the verifier answers about a presentation request, as far as it matters here. */
export const PresentationState = Type.Object({
  state: Type.Enum(['pending', 'fetched', 'answered', 'declined', 'expired']),
  report: Type.Optional(
    Type.Object({
      checks: Type.Array(
        Type.Object({
          code: Type.String(),
          outcome: Type.Enum(['valid', 'undetermined', 'invalid']),
          evidence: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        }),
        { maxItems: 5_000 },
      ),
      microCredentials: Type.Array(MicroCredential, { maxItems: 200 }),
    }),
  ),
})
export type PresentationState = Static<typeof PresentationState>

const validator = Compile(PresentationState)

export const isPresentationState = (value: unknown): value is PresentationState =>
  validator.Check(value)

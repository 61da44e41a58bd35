import { MicroCredential, type StackingCredential } from '@mikromerit/credentials'
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
type Report = NonNullable<PresentationState['report']>

const validator = Compile(PresentationState)

export const isPresentationState = (value: unknown): value is PresentationState =>
  validator.Check(value)

/**
 * Takes a report on several credentials apart: each with the worst of its own checks. A credential whose checks cannot
 * be told from the others' has the worst of all.
 */
export function readReport({ checks, microCredentials }: Report): StackingCredential[] {
  return microCredentials.flatMap((microCredential) => {
    const { credentialDigest: id } = microCredential
    // Without a name nothing could refer to it: it is not counted.
    if (id === undefined) return []
    const own = checks.find(({ evidence }) => evidence?.credential_digest === id)
    const place = own && placeOf(own)
    const about = place === undefined ? checks : checks.filter((one) => placeOf(one) === place)
    const status = about.find(({ code, outcome }) => code === 'status' && outcome === 'invalid')
    const reason = status?.evidence?.reason
    const said = reason === 'revoked' || reason === 'suspended' ? reason : undefined
    return [{ id, outcome: worstOf(about), ...(said && { status: said }), microCredential }]
  })
}

type Check = Report['checks'][number]

const placeOf = ({ evidence = {} }: Check): string =>
  JSON.stringify([evidence.query, evidence.presentation, evidence.credential])

function worstOf(checks: readonly Check[]): StackingCredential['outcome'] {
  const outcomes = new Set(checks.map(({ outcome }) => outcome))
  if (outcomes.has('invalid')) return 'invalid'
  return outcomes.has('undetermined') || outcomes.size === 0 ? 'undetermined' : 'valid'
}

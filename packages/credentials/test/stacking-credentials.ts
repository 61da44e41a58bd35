import type { MicroCredential } from '../src/formats/micro-credential.ts'
import type { StackingCredential } from '../src/stacking/credential.ts'

export const ects = 'http://data.europa.eu/snb/education-credit/6fcec5c5af'

/** Address of a definition of an invented provider. */
export const definition = (name: string) => `https://issuer.example/university/achievements/${name}`

/** A valid credential of three credits on level 6; a test states only what matters to it. */
export const aStackingCredential = (
  id: string,
  { credits = 3, level = 6, body = 'Exempeluniversitetet', ...changes }: Wish = {},
): StackingCredential => ({
  id,
  outcome: changes.outcome ?? 'valid',
  ...(changes.status && { status: changes.status }),
  microCredential: {
    type: 'urn:eu.europa.ec.eudi:learning:credential:1',
    title: id,
    issuer: { name: body, identifier: 'https://issuer.example/university' },
    awardedOn: '2026-06-05',
    achievementId: definition(id),
    awardId: `urn:uuid:${id}`,
    workload: { hours: credits * 27, credits: [{ framework: { uri: ects }, value: credits }] },
    levels: [{ framework: 'EQF', level }],
    ...changes.shown,
  },
})

interface Wish {
  readonly credits?: number
  readonly level?: number
  readonly body?: string
  readonly outcome?: StackingCredential['outcome']
  readonly status?: 'revoked' | 'suspended'
  readonly shown?: Partial<MicroCredential>
}

import { expectData, type VerifierClient, type WalletClient } from '@mikromerit/client'
import { learningCredentialVct } from '@mikromerit/credentials'
import type { Journal } from './journal.ts'
import { byLabel, type Claim, type Held, toClaim } from './receive.ts'
import type { Question } from './scenario.ts'

type PresentationRequest = NonNullable<Awaited<ReturnType<typeof readAnswer>>>
export type Report = NonNullable<PresentationRequest['report']>

export interface Presentation {
  readonly disclosed: readonly Claim[]
  readonly report: Report
}

export interface PresentOptions {
  readonly verifier: VerifierClient
  readonly wallet: WalletClient
  readonly held: Held
  readonly question: Question
}

/** The employer asks, the learner looks at what would be shown and shows it, the employer reads the report. */
export async function present(options: PresentOptions, journal?: Journal): Promise<Presentation> {
  const request = await ask(options, journal)
  const { id, disclosed } = await look(options, request.authorizationRequest, journal)
  await submit(options, { id, disclosed }, journal)
  const { report } = await readAnswer(options.verifier, request.id)
  if (!report) throw new Error('The verifier has no report on the answer it was sent.')
  return { disclosed, report }
}

async function ask({ verifier, question }: PresentOptions, journal: Journal | undefined) {
  const { purpose, claims } = question
  const body = { purpose, ...(claims && { dcql: buildQuery(claims) }) }
  const request = await expectData(verifier.POST('/v1/presentation-requests', { body }))
  journal?.step('verifier', 'POST /v1/presentation-requests', [
    ['asked by', question.asker],
    ['purpose', `“${purpose.sv}”`],
    ['asks for', claims?.map(readable).join(', ') ?? 'the standard question: what can you do?'],
    ['answer', shorten(request.authorizationRequest)],
  ])
  return request
}

/** OpenID4VP 1.0, section 6: these claims of a learning credential. */
const buildQuery = (claims: readonly string[]) => ({
  credentials: [
    {
      id: queryId,
      format: 'dc+sd-jwt' as const,
      meta: { vct_values: [learningCredentialVct] },
      claims: claims.map((name) => ({ path: [name] })),
    },
  ],
})

const queryId = 'micro_credential'

async function look(
  { wallet, held }: PresentOptions,
  authorizationRequest: string,
  journal: Journal | undefined,
) {
  const preview = await expectData(
    wallet.POST('/v1/presentations', { body: { authorizationRequest } }),
  )
  const { id, verifier, requested, purpose } = preview
  const candidate = requested
    .find((query) => query.queryId === queryId)
    ?.candidates.find(({ credentialId }) => credentialId === held.credentialId)
  if (!candidate) throw new Error('The wallet does not offer the credential it has just received.')
  const disclosed = candidate.wouldDisclose.map(toClaim).sort(byLabel)
  journal?.step('wallet', 'POST /v1/presentations', [
    ['sent', 'the request’s link'],
    ['answer', `${verifier.name} (${verifier.host}) asks, and is ${verifier.trust}`],
    ...(purpose ? [['why', `“${purpose.sv}”`] as const] : []),
    ['would show', listLabels(disclosed)],
  ])
  return { id, disclosed }
}

async function submit(
  { wallet, held }: PresentOptions,
  { id, disclosed }: { id: string; disclosed: readonly Claim[] },
  journal: Journal | undefined,
) {
  await expectData(
    wallet.POST('/v1/presentations/{presentation}/submit', {
      params: { path: { presentation: id } },
      // The wallet may hold others that fit, of earlier runs.
      body: { selection: { [queryId]: held.credentialId } },
    }),
  )
  const shown = new Set(disclosed.map(({ path }) => path))
  const withheld = held.disclosable.filter(({ path }) => !shown.has(path))
  journal?.step('wallet', 'POST /v1/presentations/{presentation}/submit', [
    ['disclosed', listLabels(disclosed)],
    ['withheld', listLabels(withheld)],
  ])
}

const readAnswer = (verifier: VerifierClient, id: string) =>
  expectData(verifier.GET('/v1/presentation-requests/{id}', { params: { path: { id } } }))

const listLabels = (claims: readonly Claim[]) => claims.map(({ label }) => label).join(', ')

const readable = (name: string) => name.replaceAll('_', ' ')

const shorten = (link: string) => (link.length > 84 ? `${link.slice(0, 83)}…` : link)

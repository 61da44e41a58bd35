import { expectData } from '@mikromerit/client'
import { learnerExample, type StackingRules } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accept, anAward, ask, readReport, setStatus, show, switchOn } from './arrange.ts'
import {
  type Asked,
  askForParts,
  awardsOf,
  defineWhole,
  type Part,
  readRequest,
  twoProviders,
  type Wholes,
} from './arrange-whole.ts'
import { type Stack, startStack } from './stack.ts'

let stack: Stack
let wholes: Wholes
beforeAll(async () => {
  stack = await startStack()
  wholes = await twoProviders(stack)
  await switchOn(stack, wholes.university)
})
afterAll(() => stack?.close())

const newHolder = () => `learner-${crypto.randomUUID()}`

const allParts = (): StackingRules => ({
  rule: { all: wholes.parts.map(({ url }) => ({ achievement: url })) },
  constraints: { distinctAwardingBodies: 2 },
})
/** Credits enough for two parts, of whatever kind. */
const twoPartsOfCredits = (): StackingRules => ({
  rule: { credits: { framework: 'ects', min: 6 } },
})

async function receive(
  holder: string,
  { body, achievementId }: Part,
  changes: Omit<Parameters<typeof anAward>[2], 'achievementId'> = { formats: ['sd_jwt_vc'] },
) {
  const { id, offer } = await anAward(stack, body, { ...changes, achievementId })
  const credentials = await accept(stack, holder, offer)
  return { id, credentials }
}

async function receiveAll(holder: string) {
  const received = []
  for (const part of wholes.parts) received.push(await receive(holder, part))
  return received
}

async function settle(asked: Asked) {
  return expectData(readRequest(stack, asked, wholes.university.id))
}

const idsOf = (received: Awaited<ReturnType<typeof receive>>) =>
  received.credentials.map(({ id }) => id)

describe('three micro-credentials of two providers', () => {
  it('become a fourth that names them by digest, in every format', async () => {
    const holder = newHolder()
    const whole = await defineWhole(stack, wholes, allParts())
    const wallet = await stack.wallet(holder)
    const progress = () =>
      expectData(
        wallet.POST('/v1/progress', {
          body: { definition: `${wholes.university.identifier}/achievements/${whole}` },
        }),
      )
    expect((await progress()).result.outcome).toBe('missing')
    const parts = await receiveAll(holder)
    expect((await progress()).result.outcome).toBe('fulfilled')

    const asked = await askForParts(stack, wholes, whole)
    expect((await settle(asked)).state).toBe('pending')
    const preview = await show(stack, holder, asked.authorizationRequest)
    const required = preview.requested.filter(({ candidates }) => candidates.length > 0)
    expect(required.map(({ queryId }) => queryId)).toEqual(['part-0', 'part-1', 'part-2'])
    const settled = await settle(asked)
    expect(settled).toMatchObject({ state: 'fulfilled', result: { outcome: 'fulfilled' } })

    if (!settled.offer) throw new Error('the whole came without its offer')
    const received = await accept(stack, holder, settled.offer)
    expect(received.map(({ format }) => format)).toEqual(['dc+sd-jwt', 'vc+jwt', 'vc+jwt'])
    const digests = parts
      .flatMap(({ credentials }) => credentials)
      .map(({ microCredential }) => microCredential?.credentialDigest)
    for (const { format, microCredential } of received) {
      const named = microCredential?.components?.map(({ credentialDigest }) => credentialDigest)
      expect([format, named?.toSorted()]).toEqual([format, digests.toSorted()])
    }
    expect((await progress()).isHeld).toBe(true)
  })

  it.each([
    ['elm', 'vc+jwt'],
    ['open_badge', 'vc+jwt'],
    ['webuild_micro_credential', 'dc+sd-jwt'],
  ] as const)('count when one of them is only held as %s', async (format, held) => {
    const holder = newHolder()
    const whole = await defineWhole(stack, wholes, allParts())
    const [first, second, third] = wholes.parts
    await receive(holder, first)
    const { credentials } = await receive(holder, second, { formats: [format] })
    expect(credentials.map((one) => one.format)).toEqual([held])
    await receive(holder, third)
    const asked = await askForParts(stack, wholes, whole)
    await show(stack, holder, asked.authorizationRequest)
    expect(await settle(asked)).toMatchObject({ state: 'fulfilled', result: { missing: [] } })
  })
})

describe('a part that is revoked after stacking', () => {
  const statesOf = (one?: { readonly components?: readonly { readonly state?: string }[] }) =>
    one?.components?.map(({ state }) => state).toSorted()

  it('does not revoke the whole, and is seen by the learner and by whoever is shown both', async () => {
    const holder = newHolder()
    const whole = await defineWhole(stack, wholes, allParts())
    const parts = await receiveAll(holder)
    const asked = await askForParts(stack, wholes, whole)
    await show(stack, holder, asked.authorizationRequest)
    const { offer } = await settle(asked)
    if (!offer) throw new Error('the whole came without its offer')
    const received = await accept(stack, holder, offer)
    await setStatus(stack, wholes.university, parts[0]?.id ?? '', 'revoked')

    const wallet = await stack.wallet(holder)
    const path = (credential: string) => ({ params: { path: { credential } } })
    for (const id of parts.slice(0, 1).flatMap(idsOf))
      await expectData(wallet.POST('/v1/credentials/{credential}/status', path(id)))
    for (const { id } of received) {
      const detail = await expectData(wallet.GET('/v1/credentials/{credential}', path(id)))
      expect(detail.status.state).toBe('valid')
      expect(statesOf(detail.microCredential)).toEqual(['revoked', 'valid', 'valid'])
    }

    const meta = { vct_values: ['urn:eu.europa.ec.eudi:learning:credential:1'] }
    const query = { format: 'dc+sd-jwt', meta, multiple: true }
    const shownBoth = await showFor(
      holder,
      [
        { ...query, id: 'part-0', claims: [{ path: ['components'] }] },
        { ...query, id: 'part-1', claims: [{ path: ['achievement_title'] }] },
      ],
      [received.slice(0, 1).map(({ id }) => id), parts.slice(0, 2).flatMap(idsOf)],
    )
    expect(shownBoth).toContainEqual(['not_shown', 'revoked', 'valid'])
  })

  /** The states of parts in the report on an answer with these credentials, one list for each query. */
  async function showFor(holder: string, credentials: readonly object[], chosen: string[][]) {
    const { id, authorizationRequest } = await ask(stack, { dcql: { credentials } })
    const selection = Object.fromEntries(chosen.map((ids, at) => [`part-${at}`, ids]))
    await showAll(holder, { authorizationRequest }, selection)
    const { report } = await readReport(stack, id)
    return report?.microCredentials.map(statesOf)
  }
})

describe('nothing is awarded', () => {
  const expectNothing = async (whole: string) =>
    expect(await awardsOf(stack, wholes, whole)).toEqual([])

  it('when a part is not held: the wallet has nothing to answer with', async () => {
    const holder = newHolder()
    const whole = await defineWhole(stack, wholes, allParts())
    await receive(holder, wholes.parts[0])
    const asked = await askForParts(stack, wholes, whole)
    await expect(show(stack, holder, asked.authorizationRequest)).rejects.toThrow()
    expect((await settle(asked)).state).toBe('pending')
    await expectNothing(whole)
  })

  it('when what was shown does not suffice, and says what is missing', async () => {
    const holder = newHolder()
    const whole = await defineWhole(stack, wholes, twoPartsOfCredits())
    await receive(holder, wholes.parts[0])
    const asked = await askForParts(stack, wholes, whole)
    await show(stack, holder, asked.authorizationRequest)
    const settled = await settle(asked)
    expect(settled).toMatchObject({
      state: 'missing',
      result: { outcome: 'missing', missing: [{ code: 'STACK_CREDITS_SHORT' }] },
    })
    expect(settled.offer).toBeUndefined()
    await expectNothing(whole)
    // For good: what the learner earns later is for another request.
    await receive(holder, wholes.parts[1])
    expect(await settle(asked)).toEqual(settled)
  })

  it('when the parts are of two learners in one wallet', async () => {
    const holder = newHolder()
    const whole = await defineWhole(stack, wholes, allParts())
    const [first, second, third] = wholes.parts
    await receive(holder, first)
    await receive(holder, second)
    const learner = { ...learnerExample, givenName: 'Någon', familyName: 'Annan' }
    await receive(holder, third, { formats: ['sd_jwt_vc'], learner })
    const asked = await askForParts(stack, wholes, whole)
    await show(stack, holder, asked.authorizationRequest)
    expect(await settle(asked)).toMatchObject({ state: 'refused', reason: 'learner-differs' })
    await expectNothing(whole)
  })

  it('when a part has been revoked', async () => {
    const holder = newHolder()
    const whole = await defineWhole(stack, wholes, allParts())
    const [, second] = await receiveAll(holder)
    await setStatus(stack, wholes.university, second?.id ?? '', 'revoked')
    const asked = await askForParts(stack, wholes, whole)
    await show(stack, holder, asked.authorizationRequest)
    const settled = await settle(asked)
    expect(settled.state).toBe('missing')
    expect(settled.result?.missing.map(({ code }) => code)).toContain('STACK_REVOKED')
    await expectNothing(whole)
  })

  it('when the learner declines', async () => {
    const holder = newHolder()
    const whole = await defineWhole(stack, wholes, allParts())
    await receiveAll(holder)
    const { authorizationRequest, ...asked } = await askForParts(stack, wholes, whole)
    const wallet = await stack.wallet(holder)
    const preview = await expectData(
      wallet.POST('/v1/presentations', { body: { authorizationRequest } }),
    )
    await expectData(
      wallet.POST('/v1/presentations/{presentation}/decline', {
        params: { path: { presentation: preview.id } },
      }),
    )
    expect((await settle({ authorizationRequest, ...asked })).state).toBe('declined')
    await expectNothing(whole)
  })
})

describe('a request for parts', () => {
  it('is settled once, however many ask at the same moment', async () => {
    const holder = newHolder()
    const whole = await defineWhole(stack, wholes, twoPartsOfCredits())
    const received = [
      await receive(holder, wholes.parts[0]),
      await receive(holder, wholes.parts[2]),
    ]
    const asked = await askForParts(stack, wholes, whole)
    await showAll(holder, asked, { 'part-0': received.flatMap(idsOf) })
    const settled = await Promise.all(Array.from({ length: 6 }, () => settle(asked)))
    expect(settled[0]?.state).toBe('fulfilled')
    for (const one of settled) expect(one).toEqual(settled[0])
    expect(await awardsOf(stack, wholes, whole)).toHaveLength(1)
  })

  it('is nothing another organisation can read or settle', async () => {
    const holder = newHolder()
    const whole = await defineWhole(stack, wholes, allParts())
    await receiveAll(holder)
    const asked = await askForParts(stack, wholes, whole)
    await show(stack, holder, asked.authorizationRequest)
    const asItself = await readRequest(stack, asked, 'company')
    expect(asItself.response.status).toBe(404)
    const elsewhere = await readRequest(stack, asked, wholes.university.id, 'company')
    expect(elsewhere.response.status).toBe(403)
    expect(await awardsOf(stack, wholes, whole)).toEqual([])
    expect((await settle(asked)).state).toBe('fulfilled')
  })
})

/** Shows several credentials for queries that take several. */
async function showAll(
  holder: string,
  asked: Pick<Asked, 'authorizationRequest'>,
  selection: Record<string, string[]>,
) {
  const wallet = await stack.wallet(holder)
  const { id } = await expectData(
    wallet.POST('/v1/presentations', {
      body: { authorizationRequest: asked.authorizationRequest },
    }),
  )
  await expectData(
    wallet.POST('/v1/presentations/{presentation}/submit', {
      params: { path: { presentation: id } },
      body: { selection },
    }),
  )
}

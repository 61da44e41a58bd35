import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AwardingBody,
  accept,
  anAward,
  anAwardingBody,
  ask,
  readReport,
  setStatus,
  show,
} from './arrange.ts'
import { type Stack, startStack } from './stack.ts'

let stack: Stack
let body: AwardingBody
beforeAll(async () => {
  stack = await startStack()
  body = await anAwardingBody(stack, 'every-format')
})
afterAll(() => stack?.close())

const newHolder = () => `learner-${crypto.randomUUID()}`
const expanded: Record<string, string> = {
  elm: 'http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential',
  badge: 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential',
}

const showAs = async (holder: string, id: string, format: string) => {
  const request = await ask(stack, {
    dcql: { credentials: [{ id, format, meta: { type_values: [[expanded[id]]] } }] },
  })
  await show(stack, holder, request.authorizationRequest)
  return (await readReport(stack, request.id)).report
}

describe('one award', () => {
  it('is issued, held and verified in every format', async () => {
    const holder = newHolder()
    const { offer } = await anAward(stack, body)
    const held = await accept(stack, holder, offer)
    expect(held.map(({ format }) => format)).toEqual(['dc+sd-jwt', 'vc+jwt', 'vc+jwt'])
    for (const one of held) {
      expect(one.status.state).toBe('valid')
      expect(one.award.credentials).toHaveLength(3)
    }
    for (const [id, format] of [
      ['elm', 'vc+jwt'],
      ['badge', 'jwt_vc_json'],
    ] as const) {
      const report = await showAs(holder, id, format)
      const faults = report?.checks.filter(({ outcome }) => outcome !== 'valid')
      expect([id, report?.outcome, faults]).toEqual([id, 'valid', []])
    }
  })

  it('is suspended, reinstated and revoked in every format at once, as the verifier sees it', async () => {
    const holder = newHolder()
    const { id, offer } = await anAward(stack, body)
    await accept(stack, holder, offer)
    const seen = async () => {
      const reports = []
      for (const name of ['elm', 'badge']) {
        const report = await showAs(holder, name, 'vc+jwt')
        const faults = report?.checks.filter(({ outcome }) => outcome !== 'valid')
        reports.push([name, report?.outcome, faults?.map(({ code }) => code)])
      }
      return reports
    }
    const all = (outcome: string, ...faults: string[]) => [
      ['elm', outcome, faults],
      ['badge', outcome, faults],
    ]
    const sound = all('valid')
    const withdrawn = all('invalid', 'status')
    expect(await seen()).toEqual(sound)
    for (const [status, expected] of [
      ['suspended', withdrawn],
      ['valid', sound],
      ['revoked', withdrawn],
    ] as const) {
      await setStatus(stack, body, id, status)
      expect([status, await seen()]).toEqual([status, expected])
    }
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, present } from './flow.ts'
import { purpose, startVerifier, type TestVerifier } from './support.ts'
import { courseClaims, startTestIssuer, type TestIssuer } from './test-issuer.ts'

let verifier: TestVerifier
let issuer: TestIssuer

beforeAll(async () => {
  verifier = await startVerifier()
  issuer = await startTestIssuer({
    certifiedIn: verifier.config.DATA_DIR,
    now: () => verifier.clock.now(),
  })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const name = { sv: 'Anställning', en: 'Employment' }
const vct = 'urn:eu.europa.ec.eudi:learning:credential:1'
const employer = () => verifier.as('policies:write presentation-requests:write')
const put = (draft: Record<string, unknown>, id = 'employment') =>
  employer().put(`/v1/policies/${id}`, { name, ...draft })
const problemOf = (response: { json(): { type?: string } }) =>
  response.json().type?.split('/').at(-1)

const judge = async (rules: Record<string, unknown>, claims = courseClaims) => {
  const stored = await put(rules)
  if (stored.statusCode !== 200) throw new Error(stored.body)
  const draft = { policyId: 'employment' }
  const { report } = await present(verifier, issuer, { draft, credential: { claims } })
  return { outcome: report.outcome, faults: faults(report) }
}

describe('a policy', () => {
  it('is stored, read back and listed', async () => {
    const stored = (await put({ maxAgeDays: 30 })).json()
    expect(stored).toMatchObject({ id: 'employment', name, maxAgeDays: 30 })
    expect((await employer().get('/v1/policies/employment')).json()).toEqual(stored)
    expect((await employer().get('/v1/policies')).json().items).toEqual([stored])
  })

  it('is not seen, changed or used by others', async () => {
    await put({ maxAgeDays: 30 })
    const other = verifier.as('policies:write presentation-requests:write', { subject: 'someone' })
    expect((await other.get('/v1/policies/employment')).statusCode).toBe(404)
    expect((await other.get('/v1/policies')).json().items).toEqual([])
    const draft = { purpose, policyId: 'employment' }
    const used = await other.post('/v1/presentation-requests', draft)
    expect([used.statusCode, problemOf(used)]).toEqual([404, 'policy-not-found'])
    await other.put('/v1/policies/employment', { name, maxAgeDays: 1 })
    expect((await employer().get('/v1/policies/employment')).json().maxAgeDays).toBe(30)
  })

  it('is refused with both kinds of question, and with a query that contradicts itself', async () => {
    const query = { id: 'a', format: 'dc+sd-jwt', meta: { vct_values: [vct] } }
    const requirements = [{ vct }]
    const both = await put({ requirements, dcql: { credentials: [query] } }, 'bad')
    expect([both.statusCode, problemOf(both)]).toEqual([400, 'policy-invalid'])
    const twice = await put({ dcql: { credentials: [query, query] } }, 'bad')
    expect(twice.json().errors[0].pointer).toBe('/dcql/credentials/1/id')
    expect((await employer().get('/v1/policies/bad')).statusCode).toBe(404)
  })

  it('asks in plain words', async () => {
    await put({ requirements: [{ vct, claims: ['learning_outcomes', 'levels'] }] })
    const { report } = await present(verifier, issuer, { draft: { policyId: 'employment' } })
    expect(report.outcome).toBe('valid')
    expect(report.microCredentials[0]).not.toHaveProperty('skills')
  })

  it('may accept some issuers only', async () => {
    const accepted = await judge({ acceptedIssuers: [issuer.identifier] })
    expect(accepted.outcome).toBe('valid')
    const refused = await judge({ acceptedIssuers: ['https://other.example'] })
    expect(refused).toMatchObject({
      outcome: 'invalid',
      faults: [{ code: 'policy', reason: 'issuer_not_accepted' }],
    })
  })

  it('may demand that the issuer is registered', async () => {
    expect(await judge({ requireRegisteredIssuer: true })).toMatchObject({
      outcome: 'invalid',
      faults: [{ code: 'issuer_authorised', reason: 'not_registered' }],
    })
  })

  it('may demand that the award is recent', async () => {
    const awarded = (daysAgo: number) => ({
      ...courseClaims,
      date_of_issuance: new Date(verifier.clock.now().getTime() - daysAgo * 86_400_000)
        .toISOString()
        .slice(0, 10),
    })
    expect((await judge({ maxAgeDays: 10 }, awarded(5))).outcome).toBe('valid')
    expect(await judge({ maxAgeDays: 10 }, awarded(12))).toMatchObject({
      outcome: 'invalid',
      faults: [{ code: 'policy', reason: 'too_old' }],
    })
  })
})

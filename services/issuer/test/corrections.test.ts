import { importPublicJwk, parseReplacement, verifyReplacement } from '@mikromerit/credentials'
import { newId } from '@mikromerit/service-kit'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, unchanged } from './expectations.ts'
import { statusOf } from './published-status.ts'
import { anAwardDraft, issuerUrl, startIssuer, type TestAward, type TestIssuer } from './support.ts'

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
})
afterAll(() => issuer.close())

const writer = () => issuer.as('ri-se', 'awards:write')
const corrected = { givenName: 'Alva', familyName: 'Rättad' }
const draftFor = ({ achievementId }: TestAward, changes: object = {}) => ({
  ...anAwardDraft({ achievementId, learner: corrected }),
  reason: 'data_corrected',
  ...changes,
})
const correct = (award: TestAward, changes: object = {}, headers = {}) =>
  writer().post(`/awards/${award.id}/corrections`, draftFor(award, changes), headers)
const read = async (id: string) => (await writer().get(`/awards/${id}`)).json()
const idOf = (credential: string) =>
  String(decodeJwt(credential.split('~')[0] ?? '').jti).replace('urn:uuid:', '')
const state = (id: string, organisation = 'ri-se') =>
  issuer.send('GET', `/${organisation}/replacements/${id}`)

async function believe(token: string, credentialId: string) {
  const parsed = parseReplacement(token)
  if (!parsed.ok) throw new Error(parsed.code)
  const { keys } = (await issuer.send('GET', '/ri-se/jwks.json')).json()
  return verifyReplacement({
    replacement: parsed.value,
    issuer: `${issuerUrl}/ri-se`,
    credentialId,
    keys: keys.map(({ kty, crv, x, y }: Record<'kty' | 'crv' | 'x' | 'y', string>) =>
      importPublicJwk({ kty: kty as 'EC', crv: crv as 'P-256', x, y }),
    ),
    now: issuer.clock.now(),
  })
}

describe('POST …/awards/{award}/corrections', () => {
  it('records the new award, revokes the old with its credentials, and lets each name the other', async () => {
    const old = await issuer.givenAward()
    const { credential } = await issuer.wallet().accept(old.offer)
    const response = await correct(old, { offer: { txCode: true } })
    expect(response.statusCode).toBe(201)
    const made = response.json()
    expect(made).toMatchObject({
      status: 'valid',
      learner: corrected,
      supersedes: { award: old.id, reason: 'data_corrected', at: issuer.clock.now().toISOString() },
      offer: { txCode: expect.stringMatching(/^\d{6}$/) },
      credentials: [],
    })
    expect(response.headers.location).toMatch(new RegExp(`/awards/${made.id}$`))
    expect(await statusOf(issuer, credential)).toBe(1)
    expect(await read(old.id)).toMatchObject({
      status: 'revoked',
      learner: { familyName: 'Exempelsson' },
      supersededBy: { award: made.id, reason: 'data_corrected' },
      statusChanges: [{ status: 'revoked', reason: 'data_corrected', decidedBy: 'developer' }],
    })
    const listed = (await writer().get(`/awards?achievementId=${old.achievementId}`)).json().items
    expect(listed).toMatchObject([
      { id: made.id, supersedes: { award: old.id } },
      { id: old.id, supersededBy: { award: made.id } },
    ])
  })

  it('hands the reference of the register on: the register’s corrected row is the new award', async () => {
    const old = await issuer.givenAward({ draft: { sourceReference: 'chain-1' } })
    const made = (await correct(old)).json()
    expect(made.sourceReference).toBe('chain-1')
    const { reason: _, ...row } = draftFor(old, { sourceReference: 'chain-1' })
    const again = await writer().post('/awards', row)
    expect([again.statusCode, again.json().id]).toEqual([200, made.id])
  })

  it('corrects a correction, and says of each credential what holds in the end', async () => {
    const first = await issuer.givenAward()
    const one = await issuer.wallet().accept(first.offer)
    const second = (await correct(first, { offer: {} })).json()
    const two = await issuer.wallet().accept(second.offer)
    const third = (await correct(second, { reason: 'result_changed', offer: {} })).json()
    const three = await issuer.wallet().accept(third.offer)
    for (const [credential, reason] of [
      [one.credential, 'data_corrected'],
      [two.credential, 'result_changed'],
    ] as const) {
      const statement = await state(idOf(credential))
      expect(statement.headers['content-type']).toContain('application/replacement+jwt')
      expect(await believe(statement.body, idOf(credential))).toMatchObject({
        ok: true,
        value: {
          reason,
          replacedBy: { awardId: third.id, credentialIds: [idOf(three.credential)] },
        },
      })
    }
    expect(await read(second.id)).toMatchObject({
      supersedes: { award: first.id },
      supersededBy: { award: third.id },
    })
    expectProblem(await state(idOf(three.credential)), 404, 'replacement-not-found')
  })

  it('answers the same correction again with what is there', async () => {
    const old = await issuer.givenAward({ draft: { sourceReference: 'chain-2' } })
    const made = (await correct(old)).json()
    const again = await unchanged(issuer, () => correct(old))
    expect([again.statusCode, again.json().id]).toEqual([200, made.id])
  })

  it('records one award when the same request comes twice at once', async () => {
    const old = await issuer.givenAward()
    const before = await issuer.count('awards')
    const key = { 'idempotency-key': newId() }
    const answers = await Promise.all([correct(old, {}, key), correct(old, {}, key)])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201])
    expect(answers[0]?.json().id).toBe(answers[1]?.json().id)
    expect(await issuer.count('awards')).toBe(before + 1)
  })

  it('refuses a second, different correction and names the newest award', async () => {
    const old = await issuer.givenAward()
    const second = (await correct(old)).json()
    const third = (await correct(second, { reason: 'result_changed' })).json()
    const refused = await unchanged(issuer, () => correct(old, { reason: 'issued_in_error' }))
    expectProblem(refused, 409, 'award-replaced')
    expect(refused.json().detail).toContain(third.id)
  })

  it('does not reinstate what was replaced', async () => {
    const old = await issuer.givenAward()
    await correct(old)
    const change = { status: 'valid', reason: 'Ändrade oss' }
    const refused = await unchanged(issuer, () => writer().post(`/awards/${old.id}/status`, change))
    expectProblem(refused, 409, 'revocation-is-final')
  })

  it('replaces an award that was revoked before', async () => {
    const old = await issuer.givenAward()
    await writer().post(`/awards/${old.id}/status`, { status: 'revoked', reason: 'Fel' })
    expect((await correct(old, { reason: 'issued_in_error' })).statusCode).toBe(201)
    expect((await read(old.id)).statusChanges).toHaveLength(1)
  })

  it('refuses what breaks a rule, an erased learner, an unknown reason and a taken reference, and changes nothing', async () => {
    const old = await issuer.givenAward()
    const taken = await issuer.givenAward({ draft: { sourceReference: 'taken-1' } })
    const erased = await issuer.givenAward()
    await writer().delete(`/awards/${erased.id}/learner`)
    const attempts = [
      [() => correct(old, { result: { grade: 'Z' } }), 400, 'award-invalid'],
      [() => correct(old, { reason: 'Alva har flyttat' }), 400, 'validation-failed'],
      [() => correct(old, { achievementId: newId() }), 404, 'achievement-not-found'],
      [() => correct(old, { sourceReference: 'taken-1' }), 409, 'award-exists'],
      [() => correct(erased), 409, 'award-erased'],
      [() => correct({ ...taken, id: newId() }), 404, 'award-not-found'],
    ] as const
    for (const [attempt, status, code] of attempts)
      expectProblem(await unchanged(issuer, attempt), status, code)
  })

  it('does not correct the award of another organisation', async () => {
    const old = await issuer.givenAward()
    const other = issuer.as('other', 'awards:write')
    const { id: achievementId } = await issuer.givenAward({ organisation: 'other' })
    const refused = await unchanged(issuer, () =>
      other.post(`/awards/${old.id}/corrections`, draftFor(old, { achievementId })),
    )
    expect(refused.statusCode).toBe(404)
  })
})

describe('GET /{organisation}/replacements/{credential}', () => {
  it('says nothing of what is unknown, not replaced, or another organisation’s', async () => {
    const old = await issuer.givenAward()
    const { credential } = await issuer.wallet().accept(old.offer)
    expectProblem(await state(idOf(credential)), 404, 'replacement-not-found')
    expectProblem(await state(newId()), 404, 'replacement-not-found')
    await correct(old)
    expect((await state(idOf(credential).toUpperCase())).statusCode).toBe(200)
    expectProblem(await state(idOf(credential), 'other'), 404, 'replacement-not-found')
    expectProblem(await state('not-a-uuid'), 400, 'validation-failed')
  })

  it('names the successor before anybody fetched a credential of it, and nothing of the learner', async () => {
    const old = await issuer.givenAward()
    const { credential } = await issuer.wallet().accept(old.offer)
    const made = (await correct(old)).json()
    const { body, headers } = await state(idOf(credential))
    expect(headers['cache-control']).toBe('public, max-age=60')
    expect(decodeJwt(body)).toMatchObject({
      replaced_by: { award: `urn:uuid:${made.id}`, credentials: [] },
    })
    expect(Buffer.from(body.split('.')[1] ?? '', 'base64url').toString()).not.toMatch(/Alva|Rätt/)
  })
})

import { gunzipSync, inflateSync } from 'node:zlib'
import {
  decodeJwt,
  decodeProtectedHeader,
  importX509,
  type JWTPayload,
  jwtVerify,
  type ProtectedHeaderParameters,
} from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem } from './expectations.ts'
import { statusOf, statusReferenceOf } from './published-status.ts'
import { issuerUrl, startIssuer, type TestIssuer } from './support.ts'

interface StatusListClaims extends JWTPayload {
  readonly ttl?: number
  readonly status_list: { readonly bits: number; readonly lst: string }
}

async function anIssuedAward(issuer: TestIssuer, organisation = 'ri-se') {
  const { id, offer } = await issuer.givenAward({ organisation })
  const { credential } = await issuer.wallet(organisation).accept(offer)
  const revoke = (status = 'revoked') =>
    issuer
      .as(organisation, 'awards:write')
      .post(`/awards/${id}/status`, { status, reason: 'Fel person' })
  return { id, credential, revoke }
}

const list = '/ri-se/status-lists/1'

describe('a published status list', () => {
  let issuer: TestIssuer
  beforeAll(async () => {
    issuer = await startIssuer({ organisations: ['ri-se', 'other'] })
  })
  afterAll(() => issuer.close())

  it('is a signed token about itself, with a lifetime (I-49)', async () => {
    const { credential } = await anIssuedAward(issuer)
    const { uri } = statusReferenceOf(credential)
    expect(uri).toBe(`${issuerUrl}${list}`)
    const response = await issuer.send('GET', list)
    expect(response.statusCode).toBe(200)
    expect(response.headers).toMatchObject({
      'content-type': expect.stringContaining('application/statuslist+jwt'),
      'access-control-allow-origin': '*',
      etag: expect.stringMatching(/^"[\w-]+"$/),
    })
    const header: ProtectedHeaderParameters = decodeProtectedHeader(response.body)
    const leaf = `-----BEGIN CERTIFICATE-----\n${header.x5c?.[0]}\n-----END CERTIFICATE-----`
    const { payload } = await jwtVerify<StatusListClaims>(
      response.body,
      await importX509(leaf, 'ES256'),
      { typ: 'statuslist+jwt', currentDate: issuer.clock.now() },
    )
    expect(payload).toMatchObject({ sub: uri, iat: expect.any(Number) })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600)
    // At interval 0 a copy may be kept, but must be asked about each time.
    expect(payload.ttl).toBeUndefined()
    expect(response.headers['cache-control']).toBe('public, no-cache')
    expect(header).toMatchObject({ kid: decodeProtectedHeader(credential.split('~')[0] ?? '').kid })
  })

  it('is as large for one credential as for a hundred thousand, in zlib form (I-49, I-52)', async () => {
    await anIssuedAward(issuer)
    const { body } = await issuer.send('GET', list)
    const claims: StatusListClaims = JSON.parse(
      Buffer.from(body.split('.')[1] ?? '', 'base64url').toString(),
    )
    const bytes = inflateSync(Buffer.from(claims.status_list.lst, 'base64url'))
    const entries = (bytes.length * 8) / claims.status_list.bits
    expect(claims.status_list.bits).toBe(2)
    expect(entries).toBeGreaterThanOrEqual(2 ** 17)
  })

  it('changes with a revocation, and its ETag with it', async () => {
    const { credential, revoke } = await anIssuedAward(issuer)
    const before = await issuer.send('GET', list)
    const held = { 'if-none-match': String(before.headers.etag) }
    const same = await issuer.send('GET', list, { headers: held })
    expect([same.statusCode, same.body]).toEqual([304, ''])
    await revoke()
    const after = await issuer.send('GET', list, { headers: held })
    expect(after.statusCode).toBe(200)
    expect(await statusOf(issuer, credential)).toBe(1)
  })

  it('shows a change made on another replica at once, at interval 0', async () => {
    const replica = await issuer.another()
    const { credential, revoke } = await anIssuedAward(issuer)
    await replica.send('GET', list)
    await revoke()
    const { idx } = statusReferenceOf(credential)
    const { body } = await replica.send('GET', list)
    expect(body).not.toBe('')
    const own = (await issuer.send('GET', list)).body
    const listOf = (token: string) =>
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).status_list.lst
    expect([idx, listOf(body)]).toEqual([idx, listOf(own)])
  })

  it('leaves neighbours alone, whatever is changed at the same moment', async () => {
    const awards = []
    for (let count = 0; count < 8; count++) awards.push(await anIssuedAward(issuer))
    const changed = awards.filter((_, at) => at % 2 === 0)
    await Promise.all(changed.map(({ revoke }, at) => revoke(at % 2 ? 'revoked' : 'suspended')))
    const statuses = []
    for (const { credential } of awards) statuses.push(await statusOf(issuer, credential))
    expect(statuses).toEqual([2, 0, 1, 0, 2, 0, 1, 0])
  })

  it('belongs to one organisation', async () => {
    const { credential, revoke } = await anIssuedAward(issuer)
    const foreign = await anIssuedAward(issuer, 'other')
    await revoke()
    expect(statusReferenceOf(foreign.credential).uri).toBe(`${issuerUrl}/other/status-lists/1`)
    expect(await statusOf(issuer, credential)).toBe(1)
    expect(await statusOf(issuer, foreign.credential)).toBe(0)
  })

  it('comes in gzip content coding to those who take it (I-49)', async () => {
    // Random statuses compress badly, so the token grows beyond what a packet holds.
    const plain = await issuer.send('GET', list)
    const packed = await issuer.send('GET', list, { headers: { 'accept-encoding': 'br, gzip' } })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(packed.headers.vary).toContain('Accept-Encoding')
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body)
    expect(packed.headers.etag).not.toBe(plain.headers.etag)
    const refused = { 'accept-encoding': 'gzip;q=0' }
    const again = await issuer.send('GET', list, { headers: refused })
    expect(again.headers['content-encoding']).toBeUndefined()
  })

  it('is not today’s list under yesterday’s question (I-51)', async () => {
    const response = await issuer.send('GET', `${list}?time=1700000000`)
    expectProblem(response, 501, 'status-history-unsupported')
  })

  it.each(['/ri-se/status-lists/2', '/nobody/status-lists/1', '/other/status-lists/9'])(
    'is not found at %s',
    async (url) => {
      expectProblem(await issuer.send('GET', url), 404, 'status-list-not-found')
    },
  )

  it.each(['0', '-1', 'x', '99999999999'])('is not named %s', async (number) => {
    const response = await issuer.send('GET', `/ri-se/status-lists/${number}`)
    expectProblem(response, 400, 'validation-failed', '/list')
  })
})

describe('a status list', () => {
  let issuer: TestIssuer | undefined
  afterEach(async () => {
    await issuer?.close()
    issuer = undefined
  })

  it('is signed at most once per interval, and shows a change after it', async () => {
    const started = await startIssuer({ config: { STATUS_LIST_INTERVAL_SECONDS: 60 } })
    issuer = started
    const { credential, revoke } = await anIssuedAward(started)
    const first = await started.send('GET', list)
    expect(first.headers['cache-control']).toBe('public, max-age=60')
    expect(decodeJwt(first.body).ttl).toBe(60)
    await revoke()
    expect((await started.send('GET', list)).body).toBe(first.body)
    started.clock.advance(60)
    expect(await statusOf(started, credential)).toBe(1)
  })

  it('is signed anew before it expires, though nothing changed', async () => {
    issuer = await startIssuer({ config: { STATUS_LIST_LIFETIME_SECONDS: 600 } })
    await anIssuedAward(issuer)
    const first = await issuer.send('GET', list)
    issuer.clock.advance(299)
    expect((await issuer.send('GET', list)).body).toBe(first.body)
    issuer.clock.advance(2)
    expect((await issuer.send('GET', list)).body).not.toBe(first.body)
  })

  it('is followed by another when it is full, and no index is given twice (I-50)', async () => {
    issuer = await startIssuer({ config: { STATUS_LIST_SIZE: 3 } })
    const places = []
    for (let count = 0; count < 7; count++) {
      const { credential } = await anIssuedAward(issuer)
      const { uri, idx } = statusReferenceOf(credential)
      places.push(`${uri.split('/').at(-1)}/${idx}`)
    }
    expect(new Set(places).size).toBe(7)
    expect(places.map((place) => place.split('/')[0])).toEqual(['1', '1', '1', '2', '2', '2', '3'])
  })

  it('gives no index twice when the process is killed in between (I-50)', async () => {
    const started = await startIssuer()
    issuer = started
    const places = new Set<number>()
    for (let restart = 0; restart < 3; restart++) {
      // A replica that is not closed: what it held in memory is lost, as with a kill.
      const replica = await started.another()
      for (let count = 0; count < 3; count++) {
        const { offer } = await replica.givenAward()
        const { credential } = await replica.wallet().accept(offer)
        places.add(statusReferenceOf(credential).idx)
      }
    }
    expect(places.size).toBe(9)
  })
})

import { createHash } from 'node:crypto'
import { parseVcJwt } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAward, anAwardAtIssuer } from './support/award-issuer.ts'
import { withDatabase } from './support/database.ts'
import { acceptOffer, startTrustedIssuer } from './support/flow.ts'
import { disclosedIn } from './support/sd-jwt.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { type Learner, problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer
let learner: Learner
let sdJwt: string
let elm: string

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
  learner = wallet.as()
  issuer.reset(anAwardAtIssuer(anAward({}), () => wallet.clock.now()).behaviour)
  const { credentials } = (await acceptOffer(learner, issuer.offer())).json()
  const ids = credentials.map(({ id }: { id: string }) => id)
  ;[sdJwt, elm] = ids
})
afterAll(async () => {
  await wallet.close()
  await issuer.close()
})

const share = (id: string, body?: object, headers?: Record<string, string>) =>
  learner.post(`/v1/credentials/${id}/shares`, body, headers)
const list = async (id: string) => (await learner.get(`/v1/credentials/${id}/shares`)).json().items
/** As anybody without a token. */
const open = (url: string, accept = '*/*') =>
  wallet.app.inject({ method: 'GET', url: new URL(url).pathname, headers: { accept } })
const namesIn = (body: string) => disclosedIn(body).map(([name]) => name)

describe('a link to a credential', () => {
  it('shows the chosen claims, with level kept beside them, to whoever has it', async () => {
    const response = await share(sdJwt, { claims: [['learning_outcomes']], expiresIn: 600 })
    expect(response.statusCode).toBe(201)
    const { id, url, expiresAt } = response.json()
    expect(url).toMatch(/^http:\/\/localhost:3002\/shares\/[\w-]{43}$/)
    expect(expiresAt).toBe(new Date(wallet.clock.now().getTime() + 600_000).toISOString())

    const opened = await open(url)
    expect(opened.statusCode).toBe(200)
    expect(opened.headers).toMatchObject({
      'content-type': 'application/dc+sd-jwt',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    })
    expect(opened.body.endsWith('~')).toBe(true)
    expect(namesIn(opened.body).sort()).toEqual([
      'learning_outcomes',
      'level_of_learning_experience',
      'levels',
    ])
    await open(url)
    expect((await list(sdJwt)).find((one: { id: string }) => one.id === id)).toMatchObject({
      views: 2,
      expiresAt,
    })
  })

  it('shows a grade only with its scale, and without a choice what was learned, never who', async () => {
    const graded = await open((await share(sdJwt, { claims: [['assessment_grade']] })).json().url)
    expect(namesIn(graded.body)).toContain('grading_scheme')
    const names = namesIn((await open((await share(sdJwt)).json().url)).body)
    expect(names).toContain('learning_outcomes')
    for (const personal of ['family_name', 'given_name', 'assessment_grade', 'award_id'])
      expect(names).not.toContain(personal)
  })

  it('shows a VC-JWT whole', async () => {
    const opened = await open((await share(elm)).json().url)
    expect(opened.headers['content-type']).toBe('application/vc+jwt')
    expect(parseVcJwt(opened.body).ok).toBe(true)
  })

  it('leads a browser to where it can be checked, which is no view', async () => {
    const { id, url } = (await share(sdJwt)).json()
    const page = await open(url, 'text/html,application/xhtml+xml')
    expect(page.headers['content-type']).toMatch(/text\/html/)
    for (const language of ['sv', 'en'])
      expect(page.body).toContain(
        `href="http://localhost:3003/verify?lang=${language}#${encodeURIComponent(url)}"`,
      )
    const policy = String(page.headers['content-security-policy'])
    const [, style = ''] = /<style>([^<]*)</.exec(page.body) ?? []
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^;']+'; base-uri 'none'/)
    expect(page.headers).toMatchObject({ 'referrer-policy': 'no-referrer' })
    expect(page.headers['cache-control']).toBe('no-store')
    expect(page.body).not.toContain('Datadriven')
    expect((await list(sdJwt)).find((one: { id: string }) => one.id === id).views).toBe(0)
  })

  it('stands in the history with what it shows, and again when it is withdrawn', async () => {
    const { id } = (await share(sdJwt, { claims: [['skills']] })).json()
    await learner.delete(`/v1/credentials/${sdJwt}/shares/${id}`)
    const { items } = (await learner.get('/v1/history')).json()
    expect(items.slice(0, 2)).toMatchObject([
      { event: 'share_withdrawn', shareId: id },
      { event: 'credential_shared', shareId: id, credentials: [{ credentialId: sdJwt }] },
    ])
    expect(items[1].credentials[0].disclosed).toContain('skills')
  })

  it('is the same one for the same idempotency key', async () => {
    const headers = { 'idempotency-key': 'share-of-this-test' }
    const first = await share(elm, {}, headers)
    expect((await share(elm, {}, headers)).json()).toEqual(first.json())
    expect((await open(first.json().url)).statusCode).toBe(200)
  })
})

describe('a link that is closed', () => {
  const refused = async (url: string) => {
    const response = await open(url)
    expect([response.statusCode, problemOf(response)]).toEqual([404, 'share-not-found'])
    expect(response.body).not.toContain('eyJ')
    const page = await open(url, 'text/html')
    expect([page.statusCode, page.body.includes('/verify')]).toEqual([404, false])
  }

  it('shows nothing when it was withdrawn', async () => {
    const { id, url } = (await share(sdJwt)).json()
    expect((await learner.delete(`/v1/credentials/${sdJwt}/shares/${id}`)).statusCode).toBe(204)
    await refused(url)
    expect(await list(sdJwt)).not.toContainEqual(expect.objectContaining({ id }))
    const again = await learner.delete(`/v1/credentials/${sdJwt}/shares/${id}`)
    expect([again.statusCode, problemOf(again)]).toEqual([404, 'share-not-found'])
  })

  it('shows nothing when it has expired, and is then forgotten', async () => {
    const { id, url } = (await share(sdJwt, { expiresIn: 60 })).json()
    wallet.clock.advance(61)
    await refused(url)
    expect(await list(sdJwt)).not.toContainEqual(expect.objectContaining({ id }))
    await wallet.purge()
    expect(await wallet.rows('shares')).not.toContainEqual(expect.objectContaining({ id }))
  })

  it('shows nothing when its credential was deleted, or its holder erased', async () => {
    const other = wallet.as()
    const { credentials } = (await acceptOffer(other, issuer.offer())).json()
    const [one, two] = credentials.map(({ id }: { id: string }) => id)
    const first = (await other.post(`/v1/credentials/${one}/shares`)).json()
    const second = (await other.post(`/v1/credentials/${two}/shares`)).json()
    await other.delete(`/v1/credentials/${one}`)
    await refused(first.url)
    expect((await open(second.url)).statusCode).toBe(200)
    await other.delete('/v1/holder')
    await refused(second.url)
    const rows = await wallet.rows('shares')
    expect(rows.filter(({ holder_id }) => holder_id === other.id)).toEqual([])
  })

  it('tells people so on a page, the same for a link that is withdrawn and one that never was', async () => {
    const { id, url } = (await share(sdJwt)).json()
    await learner.delete(`/v1/credentials/${sdJwt}/shares/${id}`)
    const withdrawn = await open(url, 'text/html')
    const never = await open(`http://localhost:3002/shares/${'A'.repeat(43)}`, 'text/html')
    for (const page of [withdrawn, never]) {
      expect([page.statusCode, page.headers['cache-control']]).toEqual([404, 'no-store'])
      expect(page.headers['content-type']).toMatch(/text\/html/)
      expect(page.body).toContain('Länken gäller inte')
    }
    expect(withdrawn.body).toBe(never.body)
    expect(withdrawn.body).not.toContain('verify')
  })

  it('never was for a secret that is guessed', async () => {
    await refused(`http://localhost:3002/shares/${'A'.repeat(43)}`)
  })
})

describe('links of another learner', () => {
  it('can be neither made, nor seen, nor withdrawn', async () => {
    const stranger = wallet.as()
    const { id, url } = (await share(sdJwt)).json()
    const before = await wallet.counts()
    for (const response of [
      await stranger.post(`/v1/credentials/${sdJwt}/shares`),
      await stranger.get(`/v1/credentials/${sdJwt}/shares`),
    ])
      expect([response.statusCode, problemOf(response)]).toEqual([404, 'credential-not-found'])
    const withdrawn = await stranger.delete(`/v1/credentials/${sdJwt}/shares/${id}`)
    expect([withdrawn.statusCode, problemOf(withdrawn)]).toEqual([404, 'share-not-found'])
    expect((await open(url)).statusCode).toBe(200)
    const { shares, history } = await wallet.counts()
    expect({ shares, history }).toEqual({ shares: before.shares, history: before.history })
  })

  it('are hidden by row-level security, also from whoever has one secret', async () => {
    await withDatabase(wallet, async (query) => {
      expect((await query(learner.id, 'SELECT * FROM shares')).rows.length).toBeGreaterThan(1)
      expect((await query('somebody-else', 'SELECT * FROM shares')).rows).toEqual([])
      const [row] = (await query(learner.id, 'SELECT secret_mac FROM shares LIMIT 1')).rows
      const mac = Buffer.from(Object(row).secret_mac).toString('hex')
      const found = await query(
        'somebody-else',
        `SELECT s.* FROM set_config('mikromerit.share', '${mac}', true), shares s`,
      )
      expect(found.rows).toHaveLength(1)
      const changed = await query(
        'somebody-else',
        `WITH opened AS (SELECT set_config('mikromerit.share', '${mac}', true))
         UPDATE shares SET views = 99 FROM opened`,
      )
      expect(changed.rowCount).toBe(0)
    })
  })
})

describe('a link that cannot be made', () => {
  it.each<[string, () => string, object, number, string]>([
    [
      'to no claim of the credential',
      () => sdJwt,
      { claims: [['x']] },
      422,
      'share-claims-invalid',
    ],
    ['to a part of a VC-JWT', () => elm, { claims: [['name']] }, 422, 'share-claims-invalid'],
    ['to nothing held here', () => crypto.randomUUID(), {}, 404, 'credential-not-found'],
    ['for ever', () => sdJwt, { expiresIn: 31_536_001 }, 400, 'validation-failed'],
    ['with another member', () => sdJwt, { forever: true }, 400, 'validation-failed'],
  ])('%s is refused, and nothing is kept', async (_what, id, body, status, code) => {
    const before = await wallet.counts()
    const response = await share(id(), body)
    expect([response.statusCode, problemOf(response)]).toEqual([status, code])
    expect(await wallet.counts()).toEqual(before)
  })

  it('because there are too many is refused until some are withdrawn', async () => {
    const other = wallet.as()
    const { credentials } = (await acceptOffer(other, issuer.offer())).json()
    const path = `/v1/credentials/${credentials[0].id}/shares`
    for (let made = 0; made < 50; made += 1) await other.post(path)
    const refused = await other.post(path)
    expect([refused.statusCode, problemOf(refused)]).toEqual([409, 'share-limit-reached'])
    const { items } = (await other.get(path)).json()
    expect(items).toHaveLength(50)
    await other.delete(`${path}/${items[0].id}`)
    expect((await other.post(path)).statusCode).toBe(201)
  })
})

describe('the database', () => {
  it('holds neither the secret of a link nor what it shows', async () => {
    const { url } = (await share(sdJwt, { claims: [['skills']] })).json()
    const secret = url.split('/').at(-1)
    const rows = [await wallet.rows('shares'), await wallet.rows('idempotency_keys')].flat()
    const bytes = rows.flatMap((row) => Object.values(row).filter(Buffer.isBuffer))
    for (const text of [secret, Buffer.from(secret, 'base64url'), 'skills'])
      expect(bytes.some((value) => value.includes(text))).toBe(false)
  })
})

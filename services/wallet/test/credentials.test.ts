import { disclosureProfiles } from '@mikromerit/credentials'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { withDatabase } from './support/database.ts'
import { acceptOffer, receive, startTrustedIssuer } from './support/flow.ts'
import { testVct } from './support/issuer-behaviour.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
})
afterEach(() => issuer.reset())
afterAll(async () => {
  await wallet.close()
  await issuer.close()
})

describe('GET /v1/credentials/{credential}', () => {
  it('shows the credential normalised and raw, and what of it can be shown', async () => {
    const learner = wallet.as()
    const [id] = await receive(learner, issuer)
    const response = await learner.get(`/v1/credentials/${id}`)
    expect(response.statusCode).toBe(200)
    expect(response.headers['cache-control']).toBe('no-store')
    const detail = response.json()
    expect(detail).toMatchObject({
      id,
      vct: testVct,
      issuerTrust: 'certificate',
      raw: issuer.issued[0],
      microCredential: { type: testVct, learner: { givenName: 'Planterad-Alva' } },
    })
    expect(detail.alwaysVisible).toEqual(
      expect.arrayContaining([{ path: ['course'], label: { sv: 'course', en: 'course' } }]),
    )
    const paths = detail.disclosable.map(({ path }: { path: unknown[] }) => path)
    expect(paths).toEqual(
      expect.arrayContaining([
        ['grade'],
        ['given_name'],
        ['address'],
        ['address', 'street'],
        ['outcomes', 0],
        ['outcomes', 1],
      ]),
    )
    // The issuer's own words, where it has some.
    expect(detail.disclosable).toContainEqual({
      path: ['grade'],
      label: { sv: 'Betyg', en: 'Grade' },
    })
    expect(detail.disclosureProfiles.map(({ name }: { name: string }) => name)).toEqual(
      Object.keys(disclosureProfiles),
    )
  })

  it('finds nothing of another learner, nothing unknown, and refuses what is no id', async () => {
    const [id] = await receive(wallet.as(), issuer)
    const other = wallet.as()
    for (const unknown of [id, '0190c1a2-0000-7000-8000-000000000001']) {
      const read = await other.get(`/v1/credentials/${unknown}`)
      expect([read.statusCode, problemOf(read)]).toEqual([404, 'credential-not-found'])
      const deleted = await other.delete(`/v1/credentials/${unknown}`)
      expect([deleted.statusCode, problemOf(deleted)]).toEqual([404, 'credential-not-found'])
    }
    expect((await other.get('/v1/credentials/not-an-id')).statusCode).toBe(400)
    expect((await other.get('/v1/credentials')).json()).toEqual({ items: [] })
    expect((await other.get('/v1/history')).json()).toEqual({ items: [] })
    expect((await wallet.rows('credentials')).some((row) => row.id === id)).toBe(true)
  })
})

describe('GET /v1/credentials', () => {
  it('pages from the latest to the first', async () => {
    const learner = wallet.as()
    const received: string[] = []
    for (let count = 0; count < 5; count++) received.push(...(await receive(learner, issuer)))
    const seen: string[] = []
    let cursor = ''
    do {
      const page = (await learner.get(`/v1/credentials?limit=2${cursor}`)).json()
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map(({ id }: { id: string }) => id))
      cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    expect(seen).toEqual(received.reverse())
  })

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=bm9uc2Vuc2U'])(
    'refuses %s',
    async (query) => {
      for (const list of ['credentials', 'history']) {
        const response = await wallet.as().get(`/v1/${list}?${query}`)
        expect([response.statusCode, problemOf(response)]).toEqual([400, 'validation-failed'])
      }
    },
  )
})

describe('DELETE /v1/credentials/{credential}', () => {
  it('removes the credential with its key, for good, and remembers that it was there', async () => {
    const learner = wallet.as()
    const [id, kept] = [...(await receive(learner, issuer)), ...(await receive(learner, issuer))]
    const response = await learner.delete(`/v1/credentials/${id}`)
    expect([response.statusCode, response.body]).toEqual([204, ''])
    expect((await learner.get(`/v1/credentials/${id}`)).statusCode).toBe(404)
    expect((await learner.delete(`/v1/credentials/${id}`)).statusCode).toBe(404)
    expect((await wallet.rows('credentials')).some((row) => row.id === id)).toBe(false)
    const { items } = (await learner.get('/v1/credentials')).json()
    expect(items.map((item: { id: string }) => item.id)).toEqual([kept])
    expect((await learner.get('/v1/history')).json().items[0]).toMatchObject({
      event: 'credential_deleted',
      credentials: [{ credentialId: id, title: 'Kursbevis' }],
    })
  })

  it('answers the same to the same idempotency key', async () => {
    const learner = wallet.as()
    const [id] = await receive(learner, issuer)
    const headers = { 'idempotency-key': 'delete-of-this-test' }
    for (let times = 0; times < 2; times++)
      expect((await learner.delete(`/v1/credentials/${id}`, headers)).statusCode).toBe(204)
    const { items } = (await learner.get('/v1/history')).json()
    expect(items).toHaveLength(2)
  })
})

describe('at rest', () => {
  it('nothing personal can be read in any table: no claim, type, token, key, code or issuer', async () => {
    const learner = wallet.as()
    const headers = { 'idempotency-key': 'answers-are-sealed-too' }
    issuer.reset({ txCode: '049318' })
    const preview = await learner.post('/v1/offers', { credentialOffer: issuer.offer() }, headers)
    await learner.post(`/v1/offers/${preview.json().id}/accept`, { txCode: '049318' })
    const everything: string[] = []
    for (const table of ['offers', 'credentials', 'presentations', 'history', 'idempotency_keys'])
      for (const row of await wallet.rows(table))
        for (const value of Object.values(row))
          everything.push(Buffer.isBuffer(value) ? value.toString('latin1') : String(value))
    const text = everything.join('\n')
    expect(text.length).toBeGreaterThan(2_000)
    for (const secret of [
      'Planterad',
      'Svetsning',
      'Hemliga',
      'Kursbevis',
      'Tredje Skolan',
      testVct,
      issuer.identifier,
      'eyJ',
      'P-256',
      'pre-authorized_code',
      'token-',
      '049318',
    ])
      expect([secret, text.includes(secret)]).toEqual([secret, false])
  })

  it('a credential that was moved to another row or learner does not open', async () => {
    const [one, other] = [wallet.as(), wallet.as()]
    const [[a], [b]] = [await receive(one, issuer), await receive(other, issuer)]
    await withDatabase(wallet, async (query) => {
      const { rows } = await query(
        one.id,
        `SELECT sealed_credential FROM credentials WHERE id = '${a}'`,
      )
      await query(other.id, `UPDATE credentials SET sealed_credential = $1 WHERE id = '${b}'`, [
        rows[0]?.sealed_credential,
      ])
    })
    const response = await other.get(`/v1/credentials/${b}`)
    expect([response.statusCode, problemOf(response)]).toEqual([500, 'internal-error'])
    expect(response.body).not.toContain('Planterad')
    await other.delete('/v1/holder')
  })
})

describe('row-level security', () => {
  it('is forced on every table', async () => {
    await withDatabase(wallet, async (query) => {
      const { rows } = await query(
        'nobody',
        `SELECT relname, relrowsecurity AND relforcerowsecurity AS forced FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
      )
      expect(rows.length).toBe(8)
      expect(rows.filter(({ forced }) => forced !== true)).toEqual([])
    })
  })

  it('shows one learner nothing of another, whatever the query says', async () => {
    const learner = wallet.as()
    await receive(learner, issuer)
    await withDatabase(wallet, async (query) => {
      for (const table of ['holders', 'offers', 'credentials', 'history']) {
        expect((await query(learner.id, `SELECT * FROM ${table}`)).rows.length).toBeGreaterThan(0)
        expect((await query('somebody-else', `SELECT * FROM ${table}`)).rows).toEqual([])
        expect((await query('somebody-else', `DELETE FROM ${table}`)).rowCount).toBe(0)
      }
    })
  })

  it('lets nobody rewrite the history', async () => {
    const learner = wallet.as()
    await receive(learner, issuer)
    await withDatabase(wallet, async (query) => {
      expect((await query(learner.id, 'DELETE FROM history')).rowCount).toBe(0)
      expect((await query(learner.id, 'UPDATE history SET at = now()')).rowCount).toBe(0)
    })
    expect((await learner.get('/v1/history')).json().items).toHaveLength(1)
  })
})

describe('DELETE /v1/holder', () => {
  it('erases everything of one learner, and their key, and nothing of others', async () => {
    const [gone, stays] = [wallet.as(), wallet.as()]
    const headers = { 'idempotency-key': 'goes-with-the-holder' }
    await gone.post('/v1/offers', { credentialOffer: issuer.offer() }, headers)
    await receive(gone, issuer)
    const [kept] = await receive(stays, issuer)
    expect((await gone.delete('/v1/holder')).statusCode).toBe(204)
    for (const table of ['holders', 'offers', 'credentials', 'presentations', 'history'])
      expect((await wallet.rows(table)).filter((row) => row.holder_id === gone.id)).toEqual([])
    const answers = await wallet.rows('idempotency_keys')
    expect(answers.filter((row) => row.organisation_id === gone.id)).toEqual([])
    expect((await gone.get('/v1/credentials')).json()).toEqual({ items: [] })
    expect((await stays.get(`/v1/credentials/${kept}`)).statusCode).toBe(200)
    expect((await gone.delete('/v1/holder')).statusCode).toBe(204)
  })
})

describe('a restart', () => {
  it('loses nothing', async () => {
    const learner = wallet.as()
    const accepted = await acceptOffer(learner, issuer.offer())
    const [{ id }] = accepted.json().credentials
    const before = (await learner.get(`/v1/credentials/${id}`)).json()
    const history = (await learner.get('/v1/history')).json()
    const restarted = (await wallet.another()).as(learner.id)
    expect((await restarted.get(`/v1/credentials/${id}`)).json()).toEqual(before)
    expect((await restarted.get('/v1/history')).json()).toEqual(history)
  })
})

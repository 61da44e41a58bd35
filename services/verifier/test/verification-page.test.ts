import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startVerifier, type TestVerifier } from './support.ts'
import { startTestIssuer, type TestIssuer } from './test-issuer.ts'
import { issueBadge } from './vc-credentials.ts'

let verifier: TestVerifier
let issuer: TestIssuer
const now = () => verifier.clock.now()

beforeAll(async () => {
  verifier = await startVerifier({
    RATE_LIMIT_PER_MINUTE: 1_000,
    PUBLIC_VERIFICATIONS_PER_MINUTE: 8,
  })
  issuer = await startTestIssuer({ certifiedIn: verifier.config.DATA_DIR, now })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const getPage = (url = '/verify', language?: string) =>
  verifier.app.inject({
    method: 'GET',
    url,
    headers: language === undefined ? {} : { 'accept-language': language },
  })
const post = (payload: string | Buffer, type = 'application/json', remoteAddress = '192.0.2.1') =>
  verifier.app.inject({
    method: 'POST',
    url: '/verify',
    headers: { 'content-type': type },
    payload,
    remoteAddress,
  })

describe('GET /verify', () => {
  it.for<[string, string | undefined, string]>([
    ['/verify', undefined, 'sv'],
    ['/verify', 'sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
    ['/verify', 'de-DE,de;q=0.9', 'en'],
    ['/verify?lang=sv', 'en', 'sv'],
    ['/verify?lang=en', 'sv', 'en'],
  ])('is a page, %s with %s in %s', async ([url, accept, language]) => {
    const { statusCode, headers, body } = await getPage(url, accept)
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(body).toContain(`<html lang="${language}">`)
  })

  it('runs and loads nothing but what is in it', async () => {
    const { headers, body } = await getPage()
    const policy = String(headers['content-security-policy'])
    const hash = (tag: string) => {
      const [, text = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</`).exec(body) ?? []
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    }
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`script-src ${hash('script type="module"')}`)
    expect(policy).toContain(`style-src ${hash('style')}`)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\/|<(?:link|img|iframe)| style=| on\w+=/)
    expect(headers['referrer-policy']).toBe('no-referrer')
  })

  it('writes nothing of a credential as markup', async () => {
    expect((await getPage()).body).not.toMatch(
      /innerHTML|insertAdjacentHTML|document\.write|eval\(/,
    )
  })

  it('refuses another language', async () => {
    expect((await getPage('/verify?lang=tlh')).statusCode).toBe(400)
  })
})

describe('POST /verify', () => {
  it('answers everybody with the report, and stores nothing', async () => {
    const badge = await issueBadge(issuer, { now: now() })
    const pasted = await post(JSON.stringify({ credential: badge }))
    expect([pasted.statusCode, pasted.json().outcome]).toEqual([200, 'valid'])
    expect(pasted.headers['cache-control']).toBe('no-store')
    expect((await post(badge, 'application/octet-stream')).json().outcome).toBe('valid')
    for (const table of ['presentation_requests', 'wallet_requests', 'idempotency_keys'])
      expect(await verifier.rows(table)).toEqual([])
  })

  it('does not call private addresses for anybody', async () => {
    const answer = await post(JSON.stringify({ credential: 'https://169.254.169.254/latest' }))
    expect(answer.json().checks).toMatchObject([{ evidence: { reason: 'source_blocked' } }])
  })

  it('answers few requests a minute', async () => {
    const statuses: number[] = []
    for (let at = 0; at < 10; at++)
      statuses.push((await post('{"credential":"x"}', 'application/json', '192.0.2.9')).statusCode)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 429, 429])
    const other = await post('{"credential":"x"}', 'application/json', '192.0.2.10')
    expect(other.statusCode).toBe(200)
  })

  it('logs nothing of what was handed in', async () => {
    await post(
      JSON.stringify({ credential: 'https://192.168.0.1/shares/very-secret' }),
      undefined,
      '192.0.2.11',
    )
    expect(verifier.logs.join('\n')).not.toContain('very-secret')
  })
})

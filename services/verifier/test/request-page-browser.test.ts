import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purpose, startVerifier, type TestVerifier } from './support.ts'
import { aHolder, startTestIssuer, type TestIssuer } from './test-issuer.ts'
import { type RequestObject, readRequestObject } from './test-wallet.ts'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)

/** Served where the browser can reach it, so that links, cookies and origins are what they are in use. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

describe.skipIf(!executablePath)('the page of a request in a browser', () => {
  let verifier: TestVerifier
  let issuer: TestIssuer
  let browser: Browser
  let origin: string
  const complaints: string[] = []

  beforeAll(async () => {
    const port = await freePort()
    origin = `http://localhost:${port}`
    verifier = await startVerifier({ PUBLIC_URL: origin })
    await verifier.app.listen({ port, host: 'localhost' })
    issuer = await startTestIssuer({
      certifiedIn: verifier.config.DATA_DIR,
      now: () => verifier.clock.now(),
    })
    browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox'],
    })
  })
  afterAll(async () => {
    await browser?.close()
    await issuer?.close()
    await verifier?.close()
  })

  async function ask(draft: object = {}) {
    const created = await verifier
      .as('presentation-requests:write')
      .post('/v1/presentation-requests', { purpose, ...draft })
    return created.json()
  }

  async function aPage(): Promise<Page> {
    const page = await (await browser.newContext()).newPage()
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('console', (said) => {
      // A refused request is shown on the page, and said by the browser besides.
      if (said.type() === 'error' && !said.text().includes('status of 409'))
        complaints.push(said.text())
    })
    return page
  }

  async function answer(authorizationRequest: string): Promise<string> {
    const request = await verifier.wallet.open(authorizationRequest)
    const token = await present(request)
    const answered = await verifier.wallet.answer(request, { micro_credential: [token] })
    return answered.json().redirect_uri
  }

  async function present(request: RequestObject, audience?: string): Promise<string> {
    const holder = aHolder()
    const credential = await issuer.issue({ holder })
    return verifier.wallet.present(request, credential, holder, { ...(audience && { audience }) })
  }

  it('shows purpose, QR code and confirmation code, then what was shown, to one browser (S-16)', async () => {
    const request = await ask()
    const page = await aPage()
    await page.goto(`${request.page}?lang=en`)
    await page.getByText(purpose.en).waitFor()
    await page.getByAltText('QR code that opens the request in a wallet').waitFor()
    const size = await page.locator('#qr').evaluate((image) => Object(image).naturalWidth)
    expect(size).toBeGreaterThan(100)
    await page.getByText(request.confirmationCode).waitFor()
    await page.getByText('Waiting for an answer').waitFor()

    const other = await aPage()
    await other.goto(`${request.page}?lang=en`)
    await other.getByText('open in another browser').waitFor()
    expect(await other.locator('#qr').isVisible()).toBe(false)

    await answer(request.authorizationRequest)
    await page.getByRole('heading', { name: 'Valid' }).waitFor()
    expect(await page.getByText('Datadriven affärsutveckling').count()).toBe(1)
    expect(await page.locator('#qr').isVisible()).toBe(false)
    expect(complaints).toEqual([])
  })

  it('comes back from the wallet to the browser that began, and leaves no code behind (V-10)', async () => {
    const request = await ask({ flow: 'same_device' })
    const page = await aPage()
    await page.goto(`${request.page}?lang=sv`)
    await page.getByRole('link', { name: 'Öppna plånboken' }).waitFor()
    expect(await page.locator('#open').getAttribute('href')).toBe(request.authorizationRequest)
    const back = await answer(request.authorizationRequest)

    const thief = await aPage()
    await thief.goto(back)
    await thief
      .getByRole('status')
      .getByText(/another browser|annan webbläsare/)
      .waitFor()

    // A wallet opens the address anew, in the same browser.
    const returned = await page.context().newPage()
    await returned.goto(back)
    await returned.getByRole('heading', { name: /^(Valid|Giltigt)$/ }).waitFor()
    expect(returned.url()).toBe(request.page)
    expect(complaints).toEqual([])
  })

  it('asks by the Digital Credentials API where the browser has it', async () => {
    const request = await ask({ responseMode: 'dc_api.jwt' })
    const page = await aPage()
    // The platform's wallet: what it is given and gives back passes through the page as it would.
    await page.exposeFunction('askWallet', async (asked: { data: { request: string } }) => {
      const object = await readRequestObject(asked.data.request, verifier.clock.now())
      const token = await present(object, `origin:${origin}`)
      const vpToken = { vp_token: { micro_credential: [token] } }
      return { response: await verifier.wallet.encrypt(object, vpToken) }
    })
    await page.addInitScript(`
      window.DigitalCredential ??= class {}
      navigator.credentials.get = async ({ digital: { requests: [request] } }) =>
        ({ protocol: request.protocol, data: await window.askWallet(request) })
    `)
    await page.goto(`${request.page}?lang=en`)
    await page.getByRole('button', { name: 'Show with the browser' }).click()
    await page.getByRole('heading', { name: 'Valid' }).waitFor()
    expect(complaints).toEqual([])
  })
})

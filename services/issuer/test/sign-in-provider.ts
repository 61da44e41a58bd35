import { createServer } from 'node:http'
import Provider from 'oidc-provider'

/** A real OpenID provider on this machine, where whoever signs in is whoever they say they are. */
export async function startSignInProvider(redirectUri: string) {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on a port')
  const url = `http://localhost:${address.port}`
  const provider = new Provider(url, {
    clients: [{ client_id: 'mikromerit', client_secret: 'a-secret', redirect_uris: [redirectUri] }],
    cookies: { keys: ['a key of this test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unverified') }),
    }),
  })
  server.on('request', provider.callback())
  return {
    url,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Signs in as a browser would, by the provider's own pages, and answers where it is sent in the end. */
export async function signIn(start: string, login: string): Promise<string> {
  const { origin } = new URL(start)
  const cookies = new Map<string, string>()
  let [url, form]: [string, URLSearchParams | undefined] = [start, undefined]
  for (let step = 0; step < 20; step += 1) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    form = undefined
    if (location) url = new URL(location, url).href
    if (location && !url.startsWith(origin)) return url
    if (location) continue
    const html = await response.text()
    const [, action] = /action="([^"]+)"/.exec(html) ?? []
    const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(html) ?? []
    if (!action) throw new Error(`The provider shows no form: ${response.status}`)
    url = new URL(action, url).href
    form = new URLSearchParams({ prompt, login, password: 'x' })
  }
  throw new Error('The provider never comes to an end')
}

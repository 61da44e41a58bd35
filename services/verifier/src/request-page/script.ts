/**
 * What runs in the browser. Everything that comes from a wallet is written as text, never as markup. The code
 * that a wallet brings back is taken out of the address as soon as it has been read.
 */
export const requestPageScript = `
const { language, texts } = JSON.parse(document.getElementById('texts').textContent)
const at = (id) => document.getElementById(id)
const base = location.pathname.replace(/[/]$/, '')
const responseCode = new URLSearchParams(location.hash.slice(1)).get('response_code') ?? undefined
if (location.hash) history.replaceState(null, '', location.pathname + location.search)

const write = (tag, text, className) => {
  const element = document.createElement(tag)
  if (text !== undefined) element.textContent = text
  if (className) element.className = className
  return element
}
const say = (text) => { at('status').textContent = text }

async function post(path, body) {
  const options = body === undefined
    ? { method: 'POST' }
    : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(base + path, options)
  const answer = await response.json()
  if (!response.ok) throw Object.assign(new Error('refused'), { status: response.status })
  return answer
}

const isOpen = ({ state }) => state === 'pending' || state === 'fetched'

function showWays(ways) {
  at('ways').hidden = false
  at('code').textContent = ways.confirmationCode
  at('open').href = ways.authorizationRequest
  at('open').textContent = ways.qrCode ? texts.openHere : texts.open
  at('scan').hidden = !ways.qrCode
  if (ways.qrCode) at('qr').src = 'data:image/svg+xml,' + encodeURIComponent(ways.qrCode)
  const canAskBrowser = ways.digitalCredentialRequest && 'DigitalCredential' in window
  at('browser').hidden = !canAskBrowser
  if (canAskBrowser) at('browser').onclick = () => askBrowser(ways.digitalCredentialRequest)
}

async function askBrowser(request) {
  at('browser').disabled = true
  try {
    const { protocol, data } = await navigator.credentials.get({ mediation: 'required', digital: { requests: [request] } })
    const content = typeof data === 'string' ? JSON.parse(data) : data
    show(await post('/dc-api-response', { protocol, data: content }))
  } catch {
    say(texts.browserFailed)
  } finally {
    at('browser').disabled = false
  }
}

let isShown = false
function show(request) {
  if (isShown) return
  if (isOpen(request)) return say(texts[request.state])
  isShown = true
  at('ways').hidden = true
  say(request.state === 'answered' && !request.report ? texts.elsewhere : texts[request.state])
  if (request.report) showReport(request.report)
}

function showReport({ outcome, microCredentials, checks }) {
  const heading = write('h2', texts[outcome], 'outcome ' + outcome)
  heading.tabIndex = -1
  at('result').append(heading)
  if (microCredentials.length > 0) {
    const list = write('ul')
    for (const { title, issuer } of microCredentials)
      list.append(write('li', [title, issuer && (issuer.name ?? issuer.identifier)].filter(Boolean).join(' · ')))
    at('result').append(write('h3', texts.found), list)
  }
  const faults = checks.filter((check) => check.outcome !== 'valid')
  if (faults.length > 0) {
    const list = write('ul', undefined, 'checks')
    for (const check of faults) {
      const item = write('li', undefined, check.outcome)
      item.append(write('strong', check.title[language] + ': ' + texts[check.outcome].toLowerCase()), write('p', check.detail[language]))
      if (check.remedy) item.append(write('p', texts.remedy + ' ' + check.remedy[language]))
      list.append(item)
    }
    at('result').append(write('h3', texts.faults), list)
  }
  heading.focus()
}

function follow() {
  const events = new EventSource(base + '/events')
  events.addEventListener('state', ({ data }) => {
    const request = JSON.parse(data)
    if (!isOpen(request)) events.close()
    show(request)
  })
}

async function start() {
  try {
    const { verifier, request, ways } = await post('/session')
    at('asker').hidden = false
    at('verifier').textContent = verifier
    at('purpose').textContent = request.purpose[language]
    if (isOpen(request)) {
      if (ways) showWays(ways)
      show(request)
      return follow()
    }
    show(responseCode && !request.report && request.state === 'answered' ? await post('/result', { responseCode }) : request)
  } catch ({ status }) {
    say(status === 409 ? texts.taken : status === 404 ? texts.unknown : texts.failed)
  }
}
start()
`

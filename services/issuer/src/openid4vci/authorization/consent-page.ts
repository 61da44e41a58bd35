import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findClient } from '../../clients/clients.ts'
import type { Issuer } from '../../organisations/issuers.ts'
import type { Runtime } from '../../runtime.ts'
import { findConfiguration } from '../metadata/configurations.ts'
import { describeConfiguration } from '../metadata/describe-configuration.ts'
import type { AuthorisedCredential } from '../protocol-tokens.ts'
import type { Authorization, Place } from './authorization.ts'
import { choosePageLanguage, messages, type PageLanguage } from './messages.ts'

interface PageContent {
  readonly html: string
  /** Where the form may lead besides ourselves: browsers follow redirects of forms only there. */
  readonly formTarget?: string
}

interface Asked {
  readonly issuer: Issuer
  readonly place: Place
  readonly taken: Authorization
  /** What the wallet will be given: it may have asked for more. */
  readonly authorised: readonly AuthorisedCredential[]
  readonly title: Readonly<Record<string, string>>
}

/** Asks the learner, who has signed in, whether this wallet may receive this (S-27). */
export async function buildConsentPage(
  runtime: Runtime,
  request: FastifyRequest,
  { issuer, place, taken, authorised, title }: Asked,
): Promise<PageContent> {
  const language = choosePageLanguage(request.headers['accept-language'])
  const text = messages[language]
  const { organisationId, identifier, profile } = issuer
  const client = await findClient(runtime, organisationId, taken.request.clientId)
  const wallet = client?.displayName[language] ?? taken.request.clientId
  const organisation = pick(profile.legalName, language)
  const form = runtime.authorizationCodes.forms.build(organisationId, place.id)
  const target = new URL(taken.request.redirectUri)
  const formTarget = target.protocol.startsWith('http') ? target.origin : target.protocol
  const kinds = authorised.map(({ configurationId }) =>
    nameConfiguration(runtime, configurationId, language),
  )
  const body = `<h1>${escapeHtml(text.heading)}</h1>
<p>${escapeHtml(text.question(organisation, wallet))}</p>
<h2>${escapeHtml(pick(title, language))}</h2>
<ul>${kinds.map((kind) => `<li>${escapeHtml(kind)}</li>`).join('')}</ul>
<p>${escapeHtml(text.target)} <code>${escapeHtml(formTarget)}</code></p>
<form method="post" action="${escapeHtml(identifier)}/authorize/decision">
<input type="hidden" name="form" value="${escapeHtml(form)}">
<button name="decision" value="accept">${escapeHtml(text.accept)}</button>
<button name="decision" value="decline">${escapeHtml(text.decline)}</button>
</form>`
  return { html: buildHtml(language, text.heading, body), formTarget }
}

/** A page for a refusal that must not be sent to a wallet, or cannot (RFC 6749 4.1.2.1). */
export function buildErrorPage(request: FastifyRequest, error: string): PageContent {
  const language = choosePageLanguage(request.headers['accept-language'])
  const text = messages[language]
  const body = `<h1>${escapeHtml(text.failed)}</h1>
<p>${escapeHtml(text.failedText)} <code>${escapeHtml(error)}</code></p>`
  return { html: buildHtml(language, text.failed, body) }
}

const style =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}button{font:inherit;padding:.6rem 1.4rem;margin-right:1rem}'
const styleDigest = createHash('sha256').update(style).digest('base64')

/** Nothing runs on these pages, nothing is loaded, nobody frames or keeps them. */
export const sendPage = (reply: FastifyReply, { html, formTarget = '' }: PageContent) =>
  reply
    .headers({
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleDigest}'; form-action 'self' ${formTarget}; frame-ancestors 'none'; base-uri 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
    .type('text/html; charset=utf-8')
    .send(html)

const buildHtml = (language: PageLanguage, title: string, body: string) => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>
${body}
</main></body></html>
`

function nameConfiguration(runtime: Runtime, id: string, language: PageLanguage): string {
  const configuration = findConfiguration(id)
  if (!configuration) return id
  const { display } = describeConfiguration(
    configuration,
    runtime.config.PUBLIC_URL,
  ).credential_metadata
  return display.find(({ locale }) => locale.startsWith(language))?.name ?? id
}

const pick = (map: Readonly<Record<string, string>>, language: PageLanguage) =>
  map[language] ?? Object.values(map)[0] ?? ''

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => entities[char] ?? char)

import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Runtime } from '../../runtime.ts'
import { established } from '../exchange.ts'
import { buildAnswerUrl } from './answer-wallet.ts'
import { advance } from './authorization.ts'
import { requireBrowser } from './browser.ts'
import type { Decision } from './schemas.ts'

/** RFC 6749 4.1.2: the learner has decided. The code goes to the wallet that asked, and is good for a minute (I-21). */
export async function decide(
  runtime: Runtime,
  request: FastifyRequest<{ Body: Decision }>,
  reply: FastifyReply,
) {
  refuseOtherSites(request)
  const issuer = established(request, 'issuer')
  const { organisationId } = issuer
  const { forms, codes } = runtime.authorizationCodes
  const id = forms.read(organisationId, request.body.form ?? '')
  if (!id) throw new OAuthError('invalid_request', 'The form is not one of ours')
  const place = { organisationId, id }
  requireBrowser(runtime, request, place)
  const isAccepted = request.body.decision === 'accept'
  const decided = await advance(runtime, place, 'consenting', ({ request: asked, authorised }) => ({
    stage: isAccepted ? 'code' : 'revoked',
    content: { request: asked, ...(authorised && { authorised }) },
  }))
  if (!decided) throw new OAuthError('invalid_request', 'This was decided already, or too late')
  const answer = isAccepted ? { code: codes.build(organisationId, id) } : { error: 'access_denied' }
  return reply.redirect(buildAnswerUrl(issuer, decided.request, answer), 303)
}

/** S-27: browsers say whose page a form stood on. */
function refuseOtherSites({ headers }: FastifyRequest) {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin')
    throw new OAuthError('invalid_request', 'The form was sent from another site')
}

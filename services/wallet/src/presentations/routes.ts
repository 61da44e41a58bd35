import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { IdempotencyHeaders } from '@mikromerit/service-kit'
import type { WalletContext } from '../context.ts'
import { answerOnce } from '../idempotency/answer-once.ts'
import { takeNoBodyAsEmpty } from '../optional-body.ts'
import { refusals, refusalsWithBody } from '../refusals.ts'
import { previewPresentation } from './preview-presentation.ts'
import {
  PresentationOutcome,
  PresentationParams,
  PresentationPreview,
  RequestBody,
  SubmitBody,
} from './schemas.ts'
import { declinePresentation, submitPresentation } from './submit-presentation.ts'

/** Presentations: what a verifier wants to see, and the learner's answer. */
export const presentationRoutes: FastifyPluginAsyncTypebox<{ context: WalletContext }> = async (
  app,
  { context },
) => {
  app.post('/v1/presentations', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'previewPresentation',
      tags: ['Presentations'],
      summary: 'See who asks for what',
      description:
        "Fetches the verifier's request, proves who asks, and shows which credentials match and what would be disclosed. Nothing is sent until the request is submitted or declined.",
      headers: IdempotencyHeaders,
      body: RequestBody,
      response: {
        200: PresentationPreview,
        ...refusalsWithBody(409, 422, 502),
      },
    },
    handler: ({ access: { subject }, headers, body: { authorizationRequest: link } }) => {
      const fingerprint = ['previewPresentation', link]
      const request = { key: headers['idempotency-key'], fingerprint }
      return answerOnce(context, subject, request, (record) =>
        previewPresentation(context, subject, { link, record }),
      )
    },
  })

  app.post('/v1/presentations/:presentation/submit', {
    config: { scope: 'wallet' },
    preValidation: takeNoBodyAsEmpty,
    schema: {
      operationId: 'submitPresentation',
      tags: ['Presentations'],
      summary: 'Show what was asked for',
      description:
        'Sends the selected credentials, each with the claims that were asked for and no others, to the verifier that was previewed. Without a selection the first candidate of each query is shown, and nothing for optional sets. It is written into the history before it is sent.',
      params: PresentationParams,
      headers: IdempotencyHeaders,
      body: SubmitBody,
      response: {
        200: PresentationOutcome,
        ...refusalsWithBody(404, 409, 410, 422, 502),
      },
    },
    handler: ({ access: { subject }, headers, params: { presentation: id }, body }) => {
      const { selection = {} } = body
      const fingerprint = ['submitPresentation', id, selection]
      const request = { key: headers['idempotency-key'], fingerprint }
      return answerOnce(context, subject, request, (record) =>
        submitPresentation(context, subject, { id, selection, record }),
      )
    },
  })

  app.post('/v1/presentations/:presentation/decline', {
    config: { scope: 'wallet' },
    schema: {
      operationId: 'declinePresentation',
      tags: ['Presentations'],
      summary: 'Show nothing',
      description:
        'Tells the verifier access_denied, which is also what it hears when nothing here matches. Declined is declined, even when the verifier cannot be told.',
      params: PresentationParams,
      headers: IdempotencyHeaders,
      response: {
        200: PresentationOutcome,
        ...refusals(400, 404, 409, 410, 422),
      },
    },
    handler: ({ access: { subject }, headers, params: { presentation: id } }) => {
      const request = { key: headers['idempotency-key'], fingerprint: ['declinePresentation', id] }
      return answerOnce(context, subject, request, (record) =>
        declinePresentation(context, subject, { id, record }),
      )
    },
  })
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { VerificationReport } from '@mikromerit/credentials'
import { problemResponses } from '@mikromerit/service-kit'
import Type from 'typebox'
import type { VerifierContext } from '../context.ts'
import { readUpload, registerUploads } from '../verifications/read-upload.ts'
import { uploadContent } from '../verifications/schemas.ts'
import { verifyGiven } from '../verifications/verify-given.ts'
import { buildPage, choosePageLanguage, pageSecurityPolicy } from './page.ts'
import { pageLanguages } from './texts.ts'

const PageQuery = Type.Object({
  lang: Type.Optional(
    Type.Enum(pageLanguages, { description: 'Default: as the browser prefers, else Swedish' }),
  ),
})

const Page = Type.String({
  description: 'HTML, in one piece',
  examples: ['<!doctype html><html lang="sv">…</html>'],
})

/** The page behind the QR code of a printed credential, and what it asks. For everybody; nothing is stored. */
export const verificationPageRoutes: FastifyPluginAsyncTypebox<{
  context: VerifierContext
}> = async (app, { context }) => {
  const { VERIFICATION_MAX_BYTES: maxBytes, PUBLIC_VERIFICATIONS_PER_MINUTE: max } = context.config
  await registerUploads(app, maxBytes)

  app.get('/verify', {
    config: { public: true },
    schema: {
      operationId: 'getVerificationPage',
      tags: ['Verifications'],
      summary: 'A page on which anybody can verify a credential',
      description:
        'Swedish or English. What to verify may stand in the fragment of the address, URL-encoded: a share link or a compact credential. The fragment never leaves the browser but for POST /verify.',
      querystring: PageQuery,
      produces: ['text/html'],
      response: { 200: Page, ...problemResponses(400, 429) },
    },
    handler: async ({ query, headers }, reply) =>
      reply
        .headers({ 'content-security-policy': pageSecurityPolicy, 'cache-control': 'no-cache' })
        .header('vary', 'accept-language')
        .type('text/html; charset=utf-8')
        .send(buildPage(choosePageLanguage(query.lang, headers['accept-language']))),
  })

  app.post('/verify', {
    config: { public: true, rateLimit: { max, timeWindow: 60_000 } },
    schema: {
      operationId: 'verifyOnPage',
      tags: ['Verifications'],
      summary: 'What the verification page asks',
      description:
        'As POST /v1/verifications, without an access token and for few requests a minute (PUBLIC_VERIFICATIONS_PER_MINUTE). Nothing is stored. Programs use POST /v1/verifications.',
      body: { content: uploadContent },
      response: { 200: VerificationReport, ...problemResponses(400, 413, 415, 429) },
    },
    handler: async (request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .send(await verifyGiven(context, await readUpload(request))),
  })
}

import { describe, expect, expectTypeOf, it } from 'vitest'
import { createIssuerClient, createVerifierClient, createWalletClient } from './client.ts'
import { expectData, ProblemError } from './problem.ts'

/** A `fetch` that notes the request and answers what it was given. */
function answering(status: number, body: string, contentType = 'application/json') {
  const requests: Request[] = []
  const fetch: typeof globalThis.fetch = async (input) => {
    requests.push(input as Request) // openapi-fetch calls with a Request, always
    return new Response(body, { status, headers: { 'content-type': contentType } })
  }
  return { requests, options: { baseUrl: 'https://service.example.se', accessToken: 'abc', fetch } }
}

const problem = {
  type: 'https://service.example.se/problems/award-invalid',
  title: 'The award breaks a data rule',
  status: 400,
  detail: 'One rule is broken.',
  instance: 'request-1',
  remedy: 'Correct it.',
  errors: [{ pointer: '/awardedOn', detail: 'lies in the future' }],
}

describe('a client', () => {
  it('sends the access token, and puts parameters into the path', async () => {
    const { requests, options } = answering(200, '{"items":[]}')
    const client = createIssuerClient(options)
    await expectData(
      client.GET('/v1/organisations/{organisation}/awards', {
        params: { path: { organisation: 'ri-se' }, query: { limit: 5 } },
      }),
    )
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer abc')
    expect(requests[0]?.url).toBe(
      'https://service.example.se/v1/organisations/ri-se/awards?limit=5',
    )
  })

  it('sends a body as JSON', async () => {
    const { requests, options } = answering(200, '{}')
    const body = { credentialOffer: 'openid-credential-offer://?x' }
    await createWalletClient(options).POST('/v1/offers', { body })
    expect(requests[0]?.headers.get('content-type')).toBe('application/json')
    expect(await requests[0]?.json()).toEqual(body)
  })

  it('knows the types of answers', () => {
    const verifier = createVerifierClient(answering(200, '{}').options)
    const read = () =>
      expectData(verifier.GET('/v1/presentation-requests/{id}', { params: { path: { id: 'x' } } }))
    type Answer = Awaited<ReturnType<typeof read>>
    expectTypeOf<Answer['state']>().toEqualTypeOf<
      'pending' | 'fetched' | 'answered' | 'declined' | 'expired'
    >()
    expectTypeOf<NonNullable<Answer['report']>['outcome']>().toEqualTypeOf<
      'valid' | 'undetermined' | 'invalid'
    >()
  })
})

describe('expectData', () => {
  const read = (status: number, body: string, contentType?: string) =>
    expectData(
      createIssuerClient(answering(status, body, contentType).options).GET('/v1/organisations'),
    )

  it('answers what a successful call brought', async () => {
    expect(await read(200, '{"items":[]}')).toEqual({ items: [] })
  })

  it('throws a refusal with all that the service said', async () => {
    const error = await read(400, JSON.stringify(problem), 'application/problem+json').catch(
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({ status: 400, problem })
    expect(String(error)).toContain(
      'The award breaks a data rule · One rule is broken. · Correct it. · /awardedOn lies in the future',
    )
  })

  it.each([
    ['<html>Bad gateway</html>', 'text/html'],
    ['', 'text/plain'],
    ['{"error":"invalid_request"}', 'application/json'],
  ])('throws by status alone when the answer is no problem: %s', async (body, contentType) => {
    const error = await read(502, body, contentType).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({ status: 502, problem: undefined })
  })
})

import { achievementExample, organisationExample } from '@mikromerit/credentials'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Achievement } from '../src/achievements/schemas.ts'
import { Award } from '../src/awards/schemas.ts'
import { Offer } from '../src/offers/schemas.ts'
import { Organisation } from '../src/organisations/schemas.ts'
import { anAwardDraft, aToken, type Method, startIssuer, type TestIssuer } from './support.ts'

interface MediaType {
  readonly example?: unknown
  readonly examples?: Record<string, { readonly value: unknown }>
}

interface Operation {
  readonly requestBody?: { readonly content: Record<string, MediaType> }
  readonly responses: Record<string, unknown>
}

let issuer: TestIssuer
let paths: Record<string, Record<string, Operation>>
beforeAll(async () => {
  issuer = await startIssuer({ organisations: [] })
  // The document is typed by its version; here it is read as any client reads it.
  paths = (issuer.app.swagger() as unknown as { paths: typeof paths }).paths
})
afterAll(() => issuer.close())

const organisation = organisationExample.id
const scope = 'organisations:write achievements:write awards:write'
const examplesOf = ({ requestBody }: Operation) => {
  const { example, examples = {} } = requestBody?.content['application/json'] ?? {}
  return [
    ...(example === undefined ? [] : [example]),
    ...Object.values(examples).map(({ value }) => value),
  ]
}

async function fill(path: string): Promise<string> {
  const exampleId = '0190a5c4-7d1e-7c3b-9f00-000000000001'
  const filled = path.replace('{organisation}', organisation).replace('{achievement}', exampleId)
  if (!filled.includes('{award}')) return filled
  const draft = anAwardDraft({ achievementId: exampleId })
  const award = await issuer.as(organisation, 'awards:write').post('/awards', draft)
  return filled.replace('{award}', award.json().id)
}

it('has examples that work as they stand, one after the other', async () => {
  const token = await aToken(scope, organisation)
  let posted = 0
  for (const [path, operations] of Object.entries(paths))
    for (const [method, operation] of Object.entries(operations)) {
      // What wallets send holds codes and proofs, which are made for one request.
      if (!path.startsWith('/v1/')) continue
      // Asks the verifier service, which does not run here, about a definition made of parts.
      if (path.endsWith('/composite-requests')) continue
      for (const body of examplesOf(operation)) {
        const url = await fill(path)
        const response = await issuer.send(method.toUpperCase() as Method, url, { token, body })
        posted++
        expect([path, response.statusCode, response.body]).toEqual([
          path,
          expect.toSatisfy((status: number) => status < 300 && status in operation.responses),
          expect.anything(),
        ])
      }
    }
  expect(posted).toBeGreaterThanOrEqual(7)
})

it('answers as its examples of answers say', () => {
  for (const schema of [Organisation, Achievement, Award, Offer]) {
    const { examples } = schema as unknown as { examples: unknown[] }
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) expect([...Value.Errors(schema, example)]).toEqual([])
  }
})

it('gives an example of every body, and names, summarises and describes every operation', () => {
  const ids: unknown[] = []
  for (const operations of Object.values(paths))
    for (const operation of Object.values(operations)) {
      expect(operation).toMatchObject({
        operationId: expect.any(String),
        summary: expect.any(String),
        description: expect.any(String),
        tags: [expect.any(String)],
      })
      ids.push((operation as unknown as { operationId: string }).operationId)
      if (!operation.requestBody) continue
      const [content] = Object.values(operation.requestBody.content)
      expect(content?.example ?? content?.examples).toBeDefined()
    }
  expect(new Set(ids).size).toBe(ids.length)
})

it('stores the example of a definition without a warning', async () => {
  const response = await issuer
    .as(organisation, 'achievements:write')
    .post('/achievements', achievementExample)
  expect(response.json().findings).toEqual([])
})

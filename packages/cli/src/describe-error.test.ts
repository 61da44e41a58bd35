import { ProblemError } from '@mikromerit/client'
import { expect, it } from 'vitest'
import { describeError } from './describe-error.ts'
import { UsageError } from './usage-error.ts'

const command = { usage: 'token --scope SCOPES' }

it('shows how a command is used when the words were off', () => {
  expect(describeError(new UsageError('Say which scopes.'), command)).toBe(
    'Say which scopes.\n\nUsage: mikromerit token --scope SCOPES',
  )
})

it('tells a refusal in the words of the service, without a stack', () => {
  const error = new ProblemError(404, {
    type: 'http://localhost:3001/problems/award-not-found',
    title: 'The organisation has no such award',
    status: 404,
    remedy: 'Check the id in the address.',
  })
  expect(describeError(error, command)).toBe(
    'The organisation has no such award · Check the id in the address. (HTTP 404)',
  )
})

it('says which variables to set when a service does not answer', async () => {
  const error = await fetch('http://localhost:2/').catch((reason: unknown) => reason)
  expect(describeError(error, command)).toMatch(/^A service does not answer .* ISSUER_URL/)
})

it('keeps the stack of what nobody foresaw', () => {
  expect(describeError(new RangeError('impossible'), command)).toMatch(
    /RangeError: impossible\n {4}at/,
  )
})

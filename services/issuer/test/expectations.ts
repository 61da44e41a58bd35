import { expect } from 'vitest'
import { type Answer, issuerUrl, type TestIssuer } from './support.ts'

/** A refusal of our own API (RFC 9457), by its stable code. */
export function expectProblem(
  response: Answer,
  status: number,
  code: string,
  ...pointers: readonly string[]
) {
  const { type, errors } = response.json()
  expect([response.statusCode, type]).toEqual([status, `${issuerUrl}/problems/${code}`])
  expect(response.headers['content-type']).toContain('application/problem+json')
  const found = (errors ?? []).map(({ pointer }: { pointer: string }) => pointer)
  for (const pointer of pointers) expect(found).toContain(pointer)
}

/** A refusal of a protocol endpoint: a code of the specification, in its own form (I-45). */
export function expectOAuthError(response: Answer, status: number, error: string) {
  expect([response.statusCode, response.json().error]).toEqual([status, error])
  expect(response.headers['content-type']).toContain('application/json')
  expect(response.headers['cache-control']).toBe('no-store')
  expect(response.json().error_description).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/)
}

/** What the action answers, having shown that it changed nothing that is stored. */
export async function unchanged<T>(issuer: TestIssuer, act: () => Promise<T>): Promise<T> {
  const before = await issuer.snapshot()
  const answer = await act()
  expect(await issuer.snapshot()).toEqual(before)
  return answer
}

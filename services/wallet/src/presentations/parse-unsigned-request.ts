import { parseJson } from '@mikromerit/credentials'
import type { Parsed } from '../parsed.ts'

// OpenID4VP 5.1: these parameters are JSON, also in a query string.
const jsonParameters = ['dcql_query', 'client_metadata', 'transaction_data', 'verifier_info']

/** Turns the parameters of an unsigned request into the members a request object would have. */
export function parseUnsignedRequest(
  parameters: Readonly<Record<string, string>>,
): Parsed<Record<string, unknown>> {
  const members: [string, unknown][] = []
  for (const [name, text] of Object.entries(parameters)) {
    if (!jsonParameters.includes(name)) {
      members.push([name, text])
      continue
    }
    const value = parseJson(text)
    if (!value.ok) return { ok: false, detail: `${name} is not JSON` }
    members.push([name, value.value])
  }
  return { ok: true, value: Object.fromEntries(members) }
}

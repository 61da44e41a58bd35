import { Problem } from '@mikromerit/service-kit'
import type { VerifierContext } from '../context.ts'
import { checkQuery } from '../dcql/check-query.ts'
import { defaultQuery } from '../dcql/default-query.ts'
import type { DcqlQuery } from '../dcql/schemas.ts'
import { readPolicy } from '../policies/policies.ts'
import { queryOfPolicy } from '../policies/policy-query.ts'
import type { PolicyRules } from '../policies/schemas.ts'
import type { PresentationRequestDraft } from './schemas.ts'

/** What is to be asked, and what is demanded of the answer: settled before anything is written. */
export interface Question {
  readonly query: DcqlQuery
  readonly rules: PolicyRules
}

/** @throws Problem query-ambiguous, policy-not-found, dcql-invalid */
export async function settleQuestion(
  context: VerifierContext,
  ownerId: string,
  { policyId, dcql }: PresentationRequestDraft,
): Promise<Question> {
  if (policyId !== undefined && dcql) throw new Problem('query-ambiguous')
  if (policyId !== undefined) {
    const policy = await readPolicy(context.database, ownerId, policyId)
    const { requireRegisteredIssuer, acceptedIssuers, maxAgeDays } = policy
    const rules = {
      ...(requireRegisteredIssuer !== undefined && { requireRegisteredIssuer }),
      ...(acceptedIssuers && { acceptedIssuers }),
      ...(maxAgeDays !== undefined && { maxAgeDays }),
    }
    return { query: queryOfPolicy(policy) ?? defaultQuery, rules }
  }
  const faults = dcql ? checkQuery(dcql) : []
  if (faults.length > 0) {
    const errors = faults.map(({ pointer, detail }) => ({ pointer: `/dcql${pointer}`, detail }))
    throw new Problem('dcql-invalid', { errors })
  }
  return { query: dcql ?? defaultQuery, rules: {} }
}

import { queryMicroCredential } from '../dcql/micro-credential-queries.ts'
import type { CredentialQuery, DcqlQuery } from '../dcql/schemas.ts'
import type { PolicyDraft } from './schemas.ts'

type Requirement = NonNullable<PolicyDraft['requirements']>[number]

/** The DCQL query of a policy; undefined when it leaves the question to the standard one. */
export function queryOfPolicy({ dcql, requirements }: PolicyDraft): DcqlQuery | undefined {
  if (dcql) return dcql
  if (!requirements) return undefined
  const alternatives = requirements.map(listAlternatives)
  const credentials = alternatives.flat()
  if (alternatives.every(({ length }) => length === 1)) return { credentials }
  // Each requirement must be met, by any of its formats.
  const sets = alternatives.map((queries) => ({ options: queries.map(({ id }) => [id]) }))
  return { credentials, credential_sets: sets }
}

function listAlternatives(
  { vct, formats = [], claims }: Requirement,
  at: number,
): CredentialQuery[] {
  const id = `requirement_${at + 1}`
  const asked = claims ? { claims: claims.map((name) => ({ path: [name] })) } : {}
  if (vct !== undefined) return [{ id, format: 'dc+sd-jwt', meta: { vct_values: [vct] }, ...asked }]
  return formats.map((format, index) =>
    queryMicroCredential(index === 0 ? id : `${id}_${format}`, format, asked),
  )
}

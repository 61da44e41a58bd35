import type { CredentialQuery, DcqlQuery } from './schemas.ts'

/** What is wrong in a query, and where, as JSON pointer inside the query. */
export interface QueryFault {
  readonly pointer: string
  readonly detail: string
}

/** The rules of OpenID4VP 6 that a schema cannot say: unique identifiers, references that resolve. */
export function checkQuery(query: DcqlQuery): QueryFault[] {
  const ids = query.credentials.map(({ id }) => id)
  const sets = query.credential_sets ?? []
  return [
    ...findRepeated(ids).map((at) => fault(`/credentials/${at}/id`, 'The id is used twice.')),
    ...query.credentials.flatMap((credential, at) =>
      checkCredential(credential).map(({ pointer, detail }) =>
        fault(`/credentials/${at}${pointer}`, detail),
      ),
    ),
    ...sets.flatMap((set, at) =>
      findUnknown(set.options, ids).map((path) =>
        fault(`/credential_sets/${at}/options/${path}`, 'No credential has this id.'),
      ),
    ),
  ]
}

function checkCredential(query: CredentialQuery): QueryFault[] {
  const { claims = [], claim_sets: sets } = query
  const ids = claims.flatMap(({ id }) => (id === undefined ? [] : [id]))
  const faults = [
    ...checkMeta(query),
    ...findRepeated(claims.map(({ id }) => id)).map((at) =>
      fault(`/claims/${at}/id`, 'The id is used twice.'),
    ),
    // OpenID4VP 6.1: the same claim must not be asked for twice.
    ...findRepeated(claims.map(({ path }) => JSON.stringify(path))).map((at) =>
      fault(`/claims/${at}/path`, 'The claim is asked for twice.'),
    ),
    ...claims.flatMap(({ path }, at) =>
      typeof path[0] === 'string'
        ? []
        : [fault(`/claims/${at}/path/0`, 'A path begins with the name of a claim.')],
    ),
  ]
  if (!sets) return faults
  return [
    ...faults,
    ...claims.flatMap(({ id }, at) =>
      id === undefined ? [fault(`/claims/${at}`, 'With claim_sets every claim needs an id.')] : [],
    ),
    ...findUnknown(sets, ids).map((path) =>
      fault(`/claim_sets/${path}`, 'No claim of this query has this id.'),
    ),
  ]
}

/** OpenID4VP B.1.1 and B.3.5: each format names its types in a member of its own. */
function checkMeta({ format, meta }: CredentialQuery): QueryFault[] {
  const [needed, other] =
    format === 'dc+sd-jwt'
      ? (['vct_values', 'type_values'] as const)
      : (['type_values', 'vct_values'] as const)
  return [
    ...(meta[needed] ? [] : [fault('/meta', `This format needs ${needed}.`)]),
    ...(meta[other] ? [fault(`/meta/${other}`, 'It is for another format.')] : []),
  ]
}

const fault = (pointer: string, detail: string): QueryFault => ({ pointer, detail })

/** Positions of values that stood before. */
const findRepeated = (values: readonly (string | undefined)[]): number[] =>
  values.flatMap((value, at) => (value !== undefined && values.indexOf(value) < at ? [at] : []))

/** Positions, as `set/entry`, of references to ids that do not exist. */
const findUnknown = (sets: readonly (readonly string[])[], ids: readonly string[]): string[] =>
  sets.flatMap((set, at) =>
    set.flatMap((id, entry) => (ids.includes(id) ? [] : [`${at}/${entry}`])),
  )

import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import type { Parsed } from '../parsed.ts'
import type { DcqlCredentialQuery, DcqlQueryObject } from './dcql-types.ts'

// W-31 and the limits of standards.md section 6: 32 queries of 64 claims, paths of 16 parts.
const Id = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 256 })
const Ids = Type.Array(Id, { minItems: 1, maxItems: 64 })
const PathPart = Type.Union([Type.String(), Type.Integer({ minimum: 0 }), Type.Null()])
const ClaimValue = Type.Union([Type.String(), Type.Integer(), Type.Boolean()])
const Claim = Type.Object({
  id: Type.Optional(Id),
  path: Type.Array(PathPart, { minItems: 1, maxItems: 16 }),
  values: Type.Optional(Type.Array(ClaimValue, { minItems: 1, maxItems: 256 })),
})
const TrustedAuthority = Type.Object({
  type: Type.String(),
  values: Type.Array(Type.String(), { minItems: 1, maxItems: 256 }),
})
const CredentialQuery = Type.Object({
  id: Id,
  format: Type.String(),
  meta: Type.Object({}),
  multiple: Type.Optional(Type.Boolean()),
  require_cryptographic_holder_binding: Type.Optional(Type.Boolean()),
  trusted_authorities: Type.Optional(Type.Array(TrustedAuthority, { minItems: 1, maxItems: 64 })),
  claims: Type.Optional(Type.Array(Claim, { minItems: 1, maxItems: 64 })),
  claim_sets: Type.Optional(Type.Array(Ids, { minItems: 1, maxItems: 64 })),
})
const CredentialSet = Type.Object({
  options: Type.Array(Ids, { minItems: 1, maxItems: 64 }),
  required: Type.Optional(Type.Boolean()),
  purpose: Type.Optional(Type.Unknown()),
})
const Query = Type.Object({
  credentials: Type.Array(CredentialQuery, { minItems: 1, maxItems: 32 }),
  credential_sets: Type.Optional(Type.Array(CredentialSet, { minItems: 1, maxItems: 32 })),
})
const VctMeta = Type.Object({
  vct_values: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 256 }),
})
const TypeMeta = Type.Object({
  type_values: Type.Array(
    Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 32 }),
    { minItems: 1, maxItems: 64 },
  ),
})

/** W-31: the whole query is refused for one fault; unknown members are ignored. */
export function checkDcqlQuery(value: unknown): Parsed<DcqlQueryObject> {
  if (!Value.Check(Query, value)) {
    const [first] = Value.Errors(Query, value)
    return { ok: false, detail: `dcql_query is malformed at ${locate(first?.instancePath)}` }
  }
  const fault = value.credentials.map(findQueryFault).find((found) => found !== undefined)
  if (fault !== undefined) return { ok: false, detail: fault }
  const ids = value.credentials.map(({ id }) => id)
  if (new Set(ids).size !== ids.length)
    return { ok: false, detail: 'dcql_query repeats a credential query id' }
  if (value.credential_sets?.some(({ options }) => !options.flat().every((id) => ids.includes(id))))
    return { ok: false, detail: 'dcql_query has a credential set with an unknown id' }
  return { ok: true, value: toQuery(value) }
}

/** Member names of the received query are the verifier's words: only positions of ours are repeated. */
const locate = (path: string | undefined): string =>
  path !== undefined && /^[a-z_/0-9]{1,100}$/.test(path) ? path : 'its root'

function findQueryFault({
  format,
  meta,
  claims,
  claim_sets: sets,
}: Static<typeof CredentialQuery>) {
  if (format === 'dc+sd-jwt' && !Value.Check(VctMeta, meta))
    return 'dcql_query lacks meta.vct_values for a dc+sd-jwt'
  // OpenID4VP B.1.1
  if ((format === 'vc+jwt' || format === 'jwt_vc_json') && !Value.Check(TypeMeta, meta))
    return 'dcql_query lacks meta.type_values for a W3C credential'
  if (sets && !claims) return 'dcql_query has claim_sets without claims'
  const ids = (claims ?? []).flatMap(({ id }) => (id === undefined ? [] : [id]))
  if (new Set(ids).size !== ids.length) return 'dcql_query repeats a claim id'
  if (sets && claims && ids.length !== claims.length)
    return 'dcql_query has claim_sets and a claim without id'
  if (sets?.some((set) => !set.every((id) => ids.includes(id))))
    return 'dcql_query has a claim set with an unknown id'
  return undefined
}

const toQuery = ({
  credentials,
  credential_sets: sets,
}: Static<typeof Query>): DcqlQueryObject => ({
  credentials: credentials.map(toCredentialQuery),
  ...(sets
    ? { credential_sets: sets.map((set) => ({ ...set, required: set.required ?? true })) }
    : {}),
})

function toCredentialQuery(query: Static<typeof CredentialQuery>): DcqlCredentialQuery {
  const { meta, ...rest } = query
  return {
    ...rest,
    vct_values: Value.Check(VctMeta, meta) ? meta.vct_values : [],
    ...(Value.Check(TypeMeta, meta) && { type_values: meta.type_values }),
  }
}

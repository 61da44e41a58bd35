import {
  expandTypes,
  learningCredentialVct,
  type RulebookFormat,
  rulebookFormats,
  rulebookVcts,
  toRulebookClaim,
} from '@mikromerit/credentials'
import type { CredentialQuery } from './schemas.ts'

/** The formats of a micro-credential that can be asked for, by the names our APIs give them. */
export const presentableFormats = ['sd_jwt_vc', 'elm', 'open_badge', ...rulebookFormats] as const
export type PresentableFormat = (typeof presentableFormats)[number]

const typeOf = { elm: 'EuropeanDigitalCredential', open_badge: 'OpenBadgeCredential' } as const

/**
 * A query for a micro-credential in one format. VC-JWTs are asked for as `jwt_vc_json`, which every wallet can read, and
 * which a VC 2.0 answers too; one that asked for `vc+jwt` would be refused whole by wallets that do not know it. Claims
 * are named as in the EUDI learning credential; the WE BUILD types are asked for their own of the same meaning.
 */
export function queryMicroCredential(
  id: string,
  format: PresentableFormat,
  claims?: Pick<CredentialQuery, 'claims' | 'claim_sets'>,
): CredentialQuery {
  if (format === 'elm' || format === 'open_badge')
    return { id, format: 'jwt_vc_json', meta: { type_values: [expandTypes([typeOf[format]])] } }
  const vct = format === 'sd_jwt_vc' ? learningCredentialVct : rulebookVcts[format]
  const asked = format === 'sd_jwt_vc' ? claims : translate(format, claims)
  return { id, format: 'dc+sd-jwt', meta: { vct_values: [vct] }, ...asked }
}

/** Two claims may be one in the other type: it is asked for once. Claims of a set keep their ids. */
function translate(
  format: RulebookFormat,
  { claims, claim_sets: sets }: Pick<CredentialQuery, 'claims' | 'claim_sets'> = {},
): Pick<CredentialQuery, 'claims' | 'claim_sets'> {
  if (!claims) return {}
  const translated = claims.map(({ path, ...claim }) => ({
    ...claim,
    path: path.map((step, at) =>
      at === 0 && typeof step === 'string' ? toRulebookClaim(format, step) : step,
    ),
  }))
  const distinct = new Map(
    translated.map((claim) => [claim.id ?? JSON.stringify(claim.path), claim]),
  )
  return { claims: [...distinct.values()], ...(sets && { claim_sets: sets }) }
}

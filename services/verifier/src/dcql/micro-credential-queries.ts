import { expandTypes, learningCredentialVct } from '@mikromerit/credentials'
import type { CredentialQuery } from './schemas.ts'

/** The formats of a micro-credential that can be asked for, by the names our APIs give them. */
export const presentableFormats = ['sd_jwt_vc', 'elm', 'open_badge'] as const
export type PresentableFormat = (typeof presentableFormats)[number]

const typeOf = { elm: 'EuropeanDigitalCredential', open_badge: 'OpenBadgeCredential' } as const

/**
 * A query for a micro-credential in one format. VC-JWTs are asked for as `jwt_vc_json`, which every wallet can read, and
 * which a VC 2.0 answers too; one that asked for `vc+jwt` would be refused whole by wallets that do not know it.
 */
export const queryMicroCredential = (
  id: string,
  format: PresentableFormat,
  claims?: Pick<CredentialQuery, 'claims' | 'claim_sets'>,
): CredentialQuery =>
  format === 'sd_jwt_vc'
    ? { id, format: 'dc+sd-jwt', meta: { vct_values: [learningCredentialVct] }, ...claims }
    : { id, format: 'jwt_vc_json', meta: { type_values: [expandTypes([typeOf[format]])] } }

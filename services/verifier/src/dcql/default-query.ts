import { queryMicroCredential } from './micro-credential-queries.ts'
import type { CredentialQuery, DcqlQuery } from './schemas.ts'

/** The skills profile of domain.md 3.4. Not every award has a level, credits or described skills. */
const skillsProfile: Pick<CredentialQuery, 'claims' | 'claim_sets'> = {
  claims: [
    { id: 'outcomes', path: ['learning_outcomes'] },
    { id: 'workload', path: ['notional_workload'] },
    { id: 'levels', path: ['levels'] },
    { id: 'skills', path: ['skills'] },
  ],
  claim_sets: [
    ['outcomes', 'workload', 'levels', 'skills'],
    ['outcomes', 'workload', 'levels'],
    ['outcomes', 'workload', 'skills'],
    ['outcomes', 'workload'],
    ['outcomes'],
  ],
}

/**
 * The question asked when the asker does not say: a micro-credential in any of its formats. As SD-JWT VC it is shown with
 * the skills profile; what is always visible (title, issuer, country, date) comes without being asked for. A VC-JWT can
 * only be shown whole, so it comes second; the WE BUILD types, which few have, come last.
 */
const alternatives = [
  queryMicroCredential('micro_credential', 'sd_jwt_vc', skillsProfile),
  queryMicroCredential('european_digital_credential', 'elm'),
  queryMicroCredential('open_badge', 'open_badge'),
  queryMicroCredential('webuild_micro_credential', 'webuild_micro_credential', skillsProfile),
  queryMicroCredential('webuild_verified_skill', 'webuild_verified_skill', skillsProfile),
]

export const defaultQuery: DcqlQuery = {
  credentials: alternatives,
  credential_sets: [{ options: alternatives.map(({ id }) => [id]) }],
}

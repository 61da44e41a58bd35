import { queryMicroCredential } from './micro-credential-queries.ts'
import type { DcqlQuery } from './schemas.ts'

/**
 * The question asked when the asker does not say: a micro-credential in any of its formats. As SD-JWT VC it is shown with
 * the skills profile of domain.md 3.4; what is always visible (title, issuer, country, date) comes without being asked
 * for. Not every award has a level, credits or described skills, so the sets end with the outcomes alone. A VC-JWT can
 * only be shown whole, so it comes second.
 */
export const defaultQuery: DcqlQuery = {
  credentials: [
    queryMicroCredential('micro_credential', 'sd_jwt_vc', {
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
    }),
    queryMicroCredential('european_digital_credential', 'elm'),
    queryMicroCredential('open_badge', 'open_badge'),
  ],
  credential_sets: [
    { options: [['micro_credential'], ['european_digital_credential'], ['open_badge']] },
  ],
}

import { learningCredentialVct } from '@mikromerit/credentials'
import type { DcqlQuery } from './schemas.ts'

/**
 * The question asked when the asker does not say: a micro-credential, shown with the skills profile of
 * domain.md 3.4. What is always visible (title, issuer, country, date) comes without being asked for.
 * Not every award has a level, credits or described skills, so the sets end with the outcomes alone.
 */
export const defaultQuery: DcqlQuery = {
  credentials: [
    {
      id: 'micro_credential',
      format: 'dc+sd-jwt',
      meta: { vct_values: [learningCredentialVct] },
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
    },
  ],
}

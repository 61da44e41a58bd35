import type { Database } from '@mikromerit/service-kit'
import { type AwardStatements, prepareAwardStatements } from './awards/statements.ts'
import { type CredentialStatements, prepareCredentialStatements } from './credentials/statements.ts'
import { type OfferStatements, prepareOfferStatements } from './offers/statements.ts'
import { type NonceStatements, prepareNonceStatements } from './openid4vci/statements.ts'

/** The statements of a complete issuance, prepared at start. */
export interface Statements {
  readonly awards: AwardStatements
  readonly offers: OfferStatements
  readonly nonces: NonceStatements
  readonly credentials: CredentialStatements
}

export const prepareStatements = (database: Database): Statements => ({
  awards: prepareAwardStatements(database),
  offers: prepareOfferStatements(database),
  nonces: prepareNonceStatements(database),
  credentials: prepareCredentialStatements(database),
})

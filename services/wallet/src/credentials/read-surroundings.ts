import type { Transaction } from '@mikromerit/service-kit'
import type { Holder } from '../holders/holders.ts'
import { listCandidates, readAwardMembers } from './credentials.ts'
import type { HeldCredential } from './stored-credential.ts'

/**
 * What these credentials are described beside: the others of their awards. Where one was replaced everything held, since
 * what took its place can be any of it.
 */
export const readSurroundings = (
  tx: Transaction,
  holder: Holder,
  held: readonly HeldCredential[],
): Promise<HeldCredential[]> =>
  held.some(({ status }) => status?.replacement)
    ? listCandidates(tx, holder)
    : readAwardMembers(tx, holder, held)

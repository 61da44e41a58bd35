import type { Transaction } from '@mikromerit/service-kit'
import { normaliseCredential } from '../claims/normalise-credential.ts'
import { openCredential } from '../claims/open-credential.ts'
import type { Holder } from '../holders/holders.ts'
import { listCandidates, readAwardMembers } from './credentials.ts'
import type { HeldCredential } from './stored-credential.ts'

/**
 * What these credentials are described beside: the others of their awards. Where one was replaced, or is a whole of parts,
 * everything held, since what took its place, and the parts, can be any of it.
 */
export const readSurroundings = (
  tx: Transaction,
  holder: Holder,
  held: readonly HeldCredential[],
): Promise<HeldCredential[]> =>
  held.some((one) => one.status?.replacement || isWhole(one))
    ? listCandidates(tx, holder)
    : readAwardMembers(tx, holder, held)

const isWhole = ({ content }: HeldCredential): boolean =>
  normaliseCredential(openCredential(content.token))?.components !== undefined

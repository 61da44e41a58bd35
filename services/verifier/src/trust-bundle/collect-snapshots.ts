import type { StatusSnapshot } from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import { isBelow } from './is-below.ts'

export interface SnapshotRequest {
  readonly issuersAskedFor: readonly string[] | undefined
  readonly listsAskedFor: readonly string[]
}

/** Status lists in memory, after those that were named, and the known ones of the issuers asked for, were fetched. */
export async function collectSnapshots(
  context: VerifierContext,
  { issuersAskedFor, listsAskedFor }: SnapshotRequest,
): Promise<StatusSnapshot[]> {
  const isAskedFor = (uri: string) =>
    listsAskedFor.includes(uri) ||
    (issuersAskedFor?.some((issuer) => isBelow(uri, issuer)) ?? false)
  for (const uri of listsAskedFor) await fetchNamed(context, uri)
  for (const { uri, kind } of listSnapshots(context))
    if (isAskedFor(uri) && !listsAskedFor.includes(uri)) await refetch(context, uri, kind)
  return listSnapshots(context).filter(({ uri }) => !issuersAskedFor || isAskedFor(uri))
}

const listSnapshots = ({ statusLists, bitstringLists }: VerifierContext): StatusSnapshot[] => [
  ...statusLists.list(),
  ...bitstringLists.list(),
]

/** Of which kind a list is, its address says only when it is fetched. */
async function fetchNamed(context: VerifierContext, uri: string): Promise<void> {
  const known = listSnapshots(context).find((snapshot) => snapshot.uri === uri)
  if (known) return refetch(context, uri, known.kind)
  const token = await context.statusLists.fetch(uri)
  if (!token.ok && token.code !== 'unreachable') await context.bitstringLists.fetch(uri)
}

async function refetch(
  { statusLists, bitstringLists }: VerifierContext,
  uri: string,
  kind: StatusSnapshot['kind'],
): Promise<void> {
  if (kind === 'token') await statusLists.fetch(uri)
  else if (kind === 'bitstring') await bitstringLists.fetch(uri)
  else await bitstringLists.fetchRevocations(uri)
}

import { type IssuerDocument, metadataUrl, selectDocuments } from '@mikromerit/credentials'
import type { VerifierContext } from '../context.ts'
import { isBelow } from './is-below.ts'

/** Metadata and keys of issuers: what is in memory, after those of the issuers asked for were fetched. */
export async function collectDocuments(
  { issuerDocuments }: VerifierContext,
  asked: readonly string[] | undefined,
): Promise<IssuerDocument[]> {
  const wanted = new Set<string>()
  for (const issuer of asked ?? []) {
    const url = metadataUrl(issuer)
    if (url === undefined) continue
    wanted.add(url)
    const metadata = await issuerDocuments.get(url)
    const keySet = metadata.ok ? metadata.value.jwks_uri : undefined
    if (typeof keySet !== 'string') continue
    wanted.add(keySet)
    await issuerDocuments.get(keySet)
  }
  const isWanted = (url: string) =>
    !asked || wanted.has(url) || asked.some((issuer) => isBelow(url, issuer))
  return selectDocuments(
    issuerDocuments
      .list()
      .filter(({ url }) => isWanted(url))
      .map(({ url, value, fetchedAt }) => ({
        url,
        fetchedAt: fetchedAt.toISOString(),
        document: value,
      })),
  )
}

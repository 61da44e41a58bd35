import { createHash } from 'node:crypto'
import { parseJsonObject } from '@mikromerit/credentials'
import type { WalletSecrets } from '../presentation-requests/wallet-requests.ts'
import type { AnswerCheck } from '../verifications/report.ts'
import { type Presentation, readKeyBinding } from './check-vp-token.ts'

/**
 * V-31: whether the presentations authorise what was asked (OpenID4VP 8.4, B.3.3.1): of each item, one
 * presentation of a credential it names. Undefined when nothing was to be authorised.
 */
export function checkTransactionData(
  { transactionData }: WalletSecrets,
  presentations: readonly Presentation[],
): AnswerCheck | undefined {
  if (!transactionData) return undefined
  const isAuthorised = (item: string) =>
    presentations.some(
      ({ query, token }) => readCredentialIds(item).includes(query.id) && coversItem(token, item),
    )
  return transactionData.every(isAuthorised) ? authorised : notAuthorised
}

/** Each item once, by SHA-256 over the text as it was sent; its place among the hashes is the wallet's affair. */
function coversItem(token: string, item: string): boolean {
  const { transaction_data_hashes: hashes, transaction_data_hashes_alg: alg = 'sha-256' } =
    readKeyBinding(token) ?? {}
  const wanted = createHash('sha256').update(item).digest('base64url')
  return alg === 'sha-256' && Array.isArray(hashes) && hashes.includes(wanted)
}

/** Which queries an item names: ours, as we wrote it. */
function readCredentialIds(item: string): unknown[] {
  const parsed = parseJsonObject(Buffer.from(item, 'base64url').toString('utf8'))
  const ids = parsed.ok ? parsed.value.credential_ids : undefined
  return Array.isArray(ids) ? ids : []
}

const title = { sv: 'Det som skulle godkännas', en: 'What was to be authorised' }

const authorised: AnswerCheck = {
  code: 'transaction_data',
  outcome: 'valid',
  title,
  detail: {
    sv: 'Innehavaren har godkänt det du skickade med frågan.',
    en: 'The holder has authorised what you sent with the request.',
  },
  evidence: { reason: 'authorised' },
}

const notAuthorised: AnswerCheck = {
  code: 'transaction_data',
  outcome: 'invalid',
  title,
  detail: {
    sv: 'Svaret godkänner inte allt som du skickade med frågan.',
    en: 'The answer does not authorise everything that you sent with the request.',
  },
  remedy: {
    sv: 'Fråga igen, av en plånbok som kan godkänna sådant.',
    en: 'Ask again, of a wallet that can authorise such things.',
  },
  evidence: { reason: 'not_authorised' },
}

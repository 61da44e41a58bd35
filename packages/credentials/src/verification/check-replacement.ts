import { parseReplacement, type Replacement } from '../replacement/parse.ts'
import { verifyReplacement } from '../replacement/verify.ts'
import { type Checklist, invalid } from './checklist.ts'
import type { VerificationContext } from './context.ts'
import { checkIssuerKey } from './resolve-keys.ts'

interface RevokedCredential {
  readonly issuer: string | undefined
  /** Its `jti` or `id`. */
  readonly id: unknown
}

type Answer =
  | { readonly kind: 'replaced'; readonly replacement: Replacement }
  | { readonly kind: 'unreachable' | 'unusable' }

/**
 * When the last check found the credential revoked: asks its issuer what took its place, and says so in a check of its
 * own. Revoked it stays, whatever the answer; that there was none is noted as evidence.
 */
export async function examineReplacement(
  checklist: Checklist,
  credential: RevokedCredential,
  context: VerificationContext,
): Promise<void> {
  const status = checklist.checks.at(-1)
  if (status?.code !== 'status' || status.evidence?.reason !== 'revoked') return
  const answer = await ask(credential, context).catch(() => ({ kind: 'unusable' }) as const)
  if (!answer) return
  checklist.note({ replacement: answer.kind })
  if (answer.kind !== 'replaced') return
  const { replacedBy, replacedAt, reason } = answer.replacement
  await checklist.run('status.replaced', () =>
    invalid('replaced', {
      replacedAt: replacedAt.toISOString(),
      replacementReason: reason,
      replacedBy: {
        award: `urn:uuid:${replacedBy.awardId}`,
        credentials: replacedBy.credentialIds.map((id) => `urn:uuid:${id}`),
      },
    }),
  )
}

async function ask(
  { issuer, id }: RevokedCredential,
  context: VerificationContext,
): Promise<Answer | undefined> {
  if (issuer === undefined || typeof id !== 'string') return undefined
  const fetched = await context.fetchReplacement?.({ issuer, credentialId: id })
  if (!fetched) return undefined
  if (!fetched.ok) return { kind: 'unreachable' }
  if (fetched.value === undefined) return undefined
  const parsed = parseReplacement(fetched.value)
  if (!parsed.ok) return { kind: 'unusable' }
  const { jws, issuedAt: signedAt } = parsed.value
  const { kid, x5c } = jws.header
  const at = context.now
  const keys = await checkIssuerKey(
    { issuer, at, signedAt, ...(kid && { kid }), ...(x5c && { x5c }) },
    context,
  )
  const verified = verifyReplacement({
    replacement: parsed.value,
    issuer,
    credentialId: id,
    keys: keys.value?.keys ?? [],
    now: context.now,
  })
  return verified.ok ? { kind: 'replaced', replacement: verified.value } : { kind: 'unusable' }
}

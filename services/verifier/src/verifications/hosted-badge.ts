import {
  isObject,
  type MissingProof,
  parseJsonObject,
  verifyUnsecuredCredential,
} from '@mikromerit/credentials'
import type { Outbound } from '@mikromerit/service-kit'
import type { Task, Verified } from './detector.ts'

type Document = Readonly<Record<string, unknown>>

interface HostedCopy {
  /** What to show: the hosted copy where there is one, since that is what its issuer stands for. */
  readonly document: Document
  readonly hosted: 'confirmed' | 'different' | 'revoked' | 'unreachable' | 'not_asked'
}

/**
 * A hosted assertion (Open Badges 2.0, "Hosted Verification"): asks its own address for it. That the site says the same is
 * noted as evidence. It makes the badge no more than what a web site says of itself, so it is never valid.
 */
export async function verifyHostedBadge(
  document: Document,
  { context, verification, budget }: Task,
): Promise<readonly Verified[]> {
  budget.sites--
  const copy: HostedCopy =
    budget.sites < 0
      ? { document, hosted: 'not_asked' }
      : await findHostedCopy(document, context.outbound)
  const missing: MissingProof = {
    reason: 'hosted_unsigned',
    evidence: { hosted: copy.hosted },
    isRevoked: copy.hosted === 'revoked',
  }
  const { report } = await verifyUnsecuredCredential(copy.document, missing, verification)
  return [report]
}

async function findHostedCopy(
  document: Document,
  outbound: Pick<Outbound, 'getText'>,
): Promise<HostedCopy> {
  const { id } = document
  if (typeof id !== 'string') return { document, hosted: 'unreachable' }
  const found = await getObject(outbound, id)
  // Open Badges 2.0: 410 Gone, with or without a body, is how a hosted badge is revoked.
  if (!found.ok) return { document, hosted: found.status === 410 ? 'revoked' : 'unreachable' }
  const whole = await embedBadgeClass(found.value, outbound)
  if (found.value.revoked === true) return { document: whole, hosted: 'revoked' }
  if (found.value.id !== id) return { document, hosted: 'different' }
  const isSame = saysTheSame(document, found.value)
  return { document: whole, hosted: isSame ? 'confirmed' : 'different' }
}

/** Members by which an assertion says who earned what, and when; pictures and addresses may change. */
const told = ['recipient', 'issuedOn', 'expires', 'verification', 'verify'] as const

function saysTheSame(one: Document, other: Document): boolean {
  const isEmbedded = isObject(one.badge) && isObject(other.badge)
  const members = isEmbedded ? [...told, 'badge'] : told
  return members.every((name) => write(one[name]) === write(other[name]))
}

/** JSON with the members of objects in the order of their names. */
const write = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    isObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  ) ?? ''

/** An assertion that only names its badge class, and that its issuer, with both in place. */
async function embedBadgeClass(
  assertion: Document,
  outbound: Pick<Outbound, 'getText'>,
): Promise<Document> {
  const badge = await embed(assertion.badge, outbound)
  if (!isObject(badge)) return assertion
  const issuer = await embed(badge.issuer, outbound)
  return { ...assertion, badge: { ...badge, issuer } }
}

async function embed(value: unknown, outbound: Pick<Outbound, 'getText'>): Promise<unknown> {
  if (typeof value !== 'string') return value
  const found = await getObject(outbound, value)
  return found.ok && found.value.id === value ? found.value : value
}

async function getObject(
  outbound: Pick<Outbound, 'getText'>,
  url: string,
): Promise<{ ok: true; value: Document } | { ok: false; status?: number }> {
  if (!/^https?:/.test(url)) return { ok: false }
  const answer = await outbound.getText(url, {
    accept: 'application/ld+json, application/json',
    mediaTypes: ['application/json', '+json'],
    maxBytes: 262_144,
  })
  if (!answer.ok) return answer
  const parsed = parseJsonObject(answer.value.body, { depth: 32 })
  return parsed.ok ? parsed : { ok: false }
}

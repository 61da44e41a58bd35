import { setTimeout } from 'node:timers/promises'
import { openCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'
import { issuerOf } from '../credentials/award-groups.ts'
import { demandCredential, listCandidates, saveStatus } from '../credentials/credentials.ts'
import { readSurroundings } from '../credentials/read-surroundings.ts'
import type { HeldCredential } from '../credentials/stored-credential.ts'
import { asHolder } from '../holders/holders.ts'
import { checkStatus } from './check-status.ts'
import { type CredentialStatus, describeStatus, maxStatusAgeSeconds } from './describe-status.ts'
import type { StatusAge } from './status-lists.ts'
import type { StoredStatus } from './stored-status.ts'

/** Asks the issuer about one credential, keeps and shows what it says. Throws `credential-not-found`. */
export async function refreshStatus(
  context: WalletContext,
  holderId: string,
  id: string,
): Promise<CredentialStatus> {
  const held = await asHolder(context, holderId, (tx, holder) => demandCredential(tx, holder, id))
  const status = await askIssuer(context, held, 'latest')
  return asHolder(context, holderId, async (tx, holder) => {
    await saveStatus(tx, holder, { id, status })
    const asked = { ...held, status }
    const among = await readSurroundings(tx, holder, [asked])
    return describeStatus(asked, { among, now: context.clock.now() })
  })
}

/**
 * After a look at credentials: asks about those that nobody asked about lately, without holding up the look. The
 * issuer's lists are fetched whole and seldom, so that looking is not told to anybody.
 */
export function refreshWhenOld(
  context: WalletContext,
  holderId: string,
  held: readonly HeldCredential[],
): void {
  const due = listDue(context, held, context.config.STATUS_REFRESH_SECONDS)
  if (due.length > 0) startRefresh(context, holderId, due)
}

/**
 * Before credentials are counted: asks about those whose status is too old to say anything, and waits for it a moment.
 * An issuer that takes longer is waited for in the background, and counts next time.
 */
export async function refreshOutdated(context: WalletContext, holderId: string): Promise<void> {
  const held = await asHolder(context, holderId, listCandidates)
  const due = listDue(context, held, maxStatusAgeSeconds)
  const others = held.filter((one) => !due.includes(one))
  refreshWhenOld(context, holderId, others)
  if (due.length > 0)
    await Promise.race([
      startRefresh(context, holderId, due),
      setTimeout(patienceMilliseconds, undefined, { ref: false }),
    ])
}

const patienceMilliseconds = 3_000

function listDue(
  { clock, refreshing }: WalletContext,
  held: readonly HeldCredential[],
  maxAgeSeconds: number,
): HeldCredential[] {
  const before = clock.now().getTime() - maxAgeSeconds * 1_000
  return held.filter(
    ({ id, status }) =>
      (!status || Date.parse(status.checkedAt) < before) && !isFinal(status) && !refreshing.has(id),
  )
}

/** Resolves when all were asked about, or one could not be written down. */
function startRefresh(
  context: WalletContext,
  holderId: string,
  due: readonly HeldCredential[],
): Promise<void> {
  for (const { id } of due) context.refreshing.add(id)
  return new Promise((resolve) => {
    context.background.start('status refresh', async () => {
      try {
        for (const credential of due) await refreshOne(context, holderId, credential)
      } finally {
        for (const { id } of due) context.refreshing.delete(id)
        resolve()
      }
    })
  })
}

async function refreshOne(
  context: WalletContext,
  holderId: string,
  credential: HeldCredential,
): Promise<void> {
  const status = await askIssuer(context, credential, 'kept')
  await asHolder(context, holderId, (tx, holder) =>
    saveStatus(tx, holder, { id: credential.id, status }),
  )
}

/** A replaced credential has nothing more to say; a revoked one may yet be replaced. */
const isFinal = (status: StoredStatus | undefined): boolean =>
  status?.state === 'revoked' && status.replacement !== undefined

async function askIssuer(
  context: WalletContext,
  { content, status: before }: HeldCredential,
  age: StatusAge,
): Promise<StoredStatus> {
  const status = await checkStatus(context, {
    opened: openCredential(content.token),
    issuer: issuerOf(content),
    issuerTrust: content.issuerTrust,
    age,
  })
  // Revocation is final: an issuer that cannot be asked, or says otherwise now, does not undo it.
  if (before?.state !== 'revoked') return status
  const replacement = status.replacement ?? before.replacement
  return { ...before, checkedAt: status.checkedAt, ...(replacement && { replacement }) }
}

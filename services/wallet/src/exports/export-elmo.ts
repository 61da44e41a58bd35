import { type HeldElmo, type HeldFile, writeHeldElmo } from '@mikromerit/exchange'
import { Problem } from '@mikromerit/service-kit'
import { openCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'
import { listCandidates } from '../credentials/credentials.ts'
import { type HeldAward, listHeldAwards } from '../credentials/held-awards.ts'
import type { HeldCredential } from '../credentials/stored-credential.ts'
import { asHolder } from '../holders/holders.ts'
import type { CredentialState } from '../statuses/describe-status.ts'

// ELMO says "passed" and no more: of what the issuer took back, that would be untrue.
const takenBack: ReadonlySet<CredentialState> = new Set(['replaced', 'revoked', 'suspended'])

/** One credential as an ELMO file (domain.md section 4). Throws `export-not-held` or `export-not-valid`. */
export function exportElmo({ clock }: WalletContext, credential: HeldCredential): string {
  const generatedAt = clock.now()
  const [award] = listHeldAwards([credential], generatedAt)
  if (!award) throw new Problem('export-not-held')
  if (takenBack.has(award.state)) throw new Problem('export-not-valid')
  return writeHeldElmo({ held: [toHeld(award, [credential])], generatedAt })
}

/** Every award of a holder as one ELMO file, without their own records. Throws `export-empty`. */
export async function exportWallet(context: WalletContext, holderId: string): Promise<string> {
  const generatedAt = context.clock.now()
  const credentials = await asHolder(context, holderId, listCandidates)
  const [first, ...others] = listHeldAwards(credentials, generatedAt)
    .filter(({ state }) => !takenBack.has(state))
    .map((award) => toHeld(award, credentials))
  if (!first) throw new Problem('export-empty')
  return writeHeldElmo({ held: [first, ...others], generatedAt })
}

const toHeld = (award: HeldAward, among: readonly HeldCredential[]): HeldElmo => ({
  microCredential: award.microCredential,
  files: among.filter(({ id }) => award.credentialIds.includes(id)).map(toFile),
})

function toFile({ content: { token } }: HeldCredential): HeldFile {
  const { vc, present, disclosable } = openCredential(token)
  return vc
    ? { mediaType: 'application/vc+jwt', content: Buffer.from(token) }
    : { mediaType: 'application/dc+sd-jwt', content: Buffer.from(present(disclosable)) }
}

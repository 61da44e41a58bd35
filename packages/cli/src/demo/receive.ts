import { expectData, type WalletClient } from '@mikromerit/client'
import type { Offered } from './award.ts'
import type { Journal } from './journal.ts'

/** A credential in the learner's wallet. */
export interface Held {
  readonly credentialId: string
  readonly title: string
  /** Names of the claims that are shown only when asked for, in the learner's words. */
  readonly disclosable: readonly Claim[]
}

export interface Claim {
  readonly path: string
  readonly label: string
}

/** The learner looks at the offer, accepts it, and has the credential. */
export async function receive(
  wallet: WalletClient,
  { link, txCode }: Offered,
  journal: Journal,
): Promise<Held> {
  const offer = await preview(wallet, link, journal)
  const credentialId = await accept(wallet, { offer, txCode }, journal)
  const { title, disclosable } = await expectData(
    wallet.GET('/v1/credentials/{credential}', { params: { path: { credential: credentialId } } }),
  )
  return { credentialId, title, disclosable: disclosable.map(toClaim).sort(byLabel) }
}

async function preview(wallet: WalletClient, credentialOffer: string, journal: Journal) {
  const offer = await expectData(wallet.POST('/v1/offers', { body: { credentialOffer } }))
  const names = offer.credentials.filter(({ supported }) => supported).map(({ name }) => name)
  const code = offer.txCode ? 'a transaction code is needed' : 'no transaction code is needed'
  journal.step('wallet', 'POST /v1/offers', [
    ['sent', 'the offer’s link'],
    ['answer', `${offer.issuer.name} (${offer.issuer.host}) offers: ${names.join(', ')}; ${code}`],
  ])
  return offer.id
}

async function accept(
  wallet: WalletClient,
  { offer, txCode }: { offer: string; txCode: string | undefined },
  journal: Journal,
): Promise<string> {
  const { credentials } = await expectData(
    wallet.POST('/v1/offers/{offer}/accept', {
      params: { path: { offer } },
      body: txCode === undefined ? {} : { txCode },
    }),
  )
  const [credential] = credentials
  if (!credential) throw new Error('The wallet accepted the offer and received nothing.')
  const { title, format, issuerTrust } = credential
  journal.step('wallet', 'POST /v1/offers/{offer}/accept', [
    ['sent', txCode === undefined ? 'nothing more' : `transaction code ${txCode}`],
    ['answer', `“${title}”, ${format}, bound to a key of its own`],
    ['issuer', trustNames[issuerTrust]],
  ])
  return credential.id
}

const trustNames = {
  certificate: 'known by its certificate',
  metadata: 'known by the keys at its address',
  undetermined: 'not known',
}

export const toClaim = ({
  path,
  label,
}: {
  path: readonly (string | number | null)[]
  label: { en: string }
}): Claim => ({ path: path.join('.'), label: label.en })

/** Disclosures come in no order, on purpose; people read them in one. */
export const byLabel = (one: Claim, other: Claim): number => one.label.localeCompare(other.label)

import { newId, Problem } from '@mikromerit/service-kit'
import type { WalletContext } from '../context.ts'
import { asHolder } from '../holders/holders.ts'
import type { RecordAnswer } from '../idempotency/answer-once.ts'
import { describeIssuer } from '../issuers/describe-issuer.ts'
import { findOfferedIssuer } from '../issuers/issuer-metadata.ts'
import { isHoldable, readConfigurations } from './offered-configuration.ts'
import { type CredentialOffer, parseCredentialOffer, parseOfferLink } from './parse-offer.ts'
import type { OfferPreview } from './schemas.ts'
import { type OfferContent, saveOffer } from './stored-offers.ts'

/** W-02: an offer is small; anything larger is not one. */
const maxOfferBytes = 64 * 1_024

/**
 * Reads an offer and what its issuer says about itself, keeps it for `acceptOffer`, and shows it:
 * nothing about the learner has been sent anywhere (W-04).
 */
export async function previewOffer(
  context: WalletContext,
  holderId: string,
  { link, record }: { link: string; record: RecordAnswer<OfferPreview> },
): Promise<OfferPreview> {
  const offer = await readOffer(context, link)
  const issuer = await findOfferedIssuer(context, offer)
  const configurations = readConfigurations(issuer, offer.configurationIds)
  const now = context.clock.now()
  const expiresAt = new Date(now.getTime() + context.config.OFFER_LIFETIME_SECONDS * 1_000)
  const content = { offer, issuer, configurations }
  const id = newId()
  const preview = { id, ...describeOffer(content), expiresAt: expiresAt.toISOString() }
  await asHolder(context, holderId, async (tx, holder) => {
    await saveOffer(tx, holder, { id, expiresAt, createdAt: now, content })
    await record(tx, holder, preview)
  })
  return preview
}

async function readOffer(context: WalletContext, link: string): Promise<CredentialOffer> {
  const parsedLink = parseOfferLink(link)
  if (!parsedLink.ok) throw new Problem('offer-invalid', { detail: parsedLink.detail })
  const json =
    parsedLink.value.by === 'value'
      ? parsedLink.value.json
      : await fetchOffer(context, parsedLink.value.uri)
  const offer = parseCredentialOffer(json)
  if (!offer.ok) throw new Problem('offer-invalid', { detail: offer.detail })
  return offer.value
}

async function fetchOffer(context: WalletContext, uri: string): Promise<string> {
  const answer = await context.outbound.getText(uri, {
    accept: 'application/json',
    maxBytes: maxOfferBytes,
    mediaTypes: ['application/json'],
  })
  if (answer.ok) return answer.value.body
  if (answer.code === 'media_type' || answer.code === 'too_large' || answer.code === 'blocked')
    throw new Problem('offer-invalid', {
      detail:
        'The address of the offer is not allowed, or does not answer with a small JSON document.',
    })
  throw new Problem('offer-unreachable')
}

const describeOffer = ({
  offer,
  issuer,
  configurations,
}: OfferContent): Omit<OfferPreview, 'id' | 'expiresAt'> => ({
  issuer: describeIssuer(offer.issuer, issuer),
  credentials: configurations.map((configuration) => ({
    configurationId: configuration.id,
    format: configuration.format,
    name: configuration.name,
    ...(configuration.description === undefined ? {} : { description: configuration.description }),
    supported: isHoldable(configuration),
    ...(configuration.twinOf === undefined ? {} : { sameAs: configuration.twinOf }),
  })),
  ...(offer.txCode ? { txCode: { required: true, ...offer.txCode } } : {}),
  trust: issuer.isCertified ? 'trusted' : 'undetermined',
})

import { MicroCredential, StackingResult } from '@mikromerit/credentials'
import type { OpenApiInfo } from '@mikromerit/service-kit'
import { CredentialDetail, CredentialSummary } from './credentials/schemas.ts'
import { HistoryEntry } from './history/schemas.ts'
import { AcceptedOffer, OfferPreview } from './offers/schemas.ts'
import { Gaps, Portfolio } from './portfolio/schemas.ts'
import { PresentationOutcome, PresentationPreview } from './presentations/schemas.ts'
import { Progress } from './progress/schemas.ts'
import { OwnRecord, OwnRecordSummary } from './records/schemas.ts'
import { ShareLink } from './shares/schemas.ts'
import { CredentialStatus } from './statuses/describe-status.ts'

/** What the API document says about the whole. */
export const apiDescription: OpenApiInfo = {
  title: 'Mikromerit wallet',
  description:
    'Receive micro-credentials from any issuer that speaks OpenID4VCI 1.0, keep and read them, and show as much of them as you choose to any verifier that speaks OpenID4VP 1.0. The learner is the subject of the access token, and sees nothing of anybody else.',
  tags: [
    { name: 'Offers', description: 'What an issuer wants to give you' },
    { name: 'Credentials', description: 'What you have' },
    { name: 'Presentations', description: 'What a verifier wants to see' },
    { name: 'Shares', description: 'Links by which others see a credential' },
    { name: 'Records', description: 'What you brought along yourself, apart from what was issued' },
    { name: 'Portfolio', description: 'What you can, and what is missing towards something' },
    { name: 'History', description: 'What you received, what you showed and to whom' },
    { name: 'Holder', description: 'You, as far as this wallet knows' },
  ],
  schemas: {
    AcceptedOffer,
    CredentialDetail,
    CredentialStatus,
    CredentialSummary,
    Gaps,
    HistoryEntry,
    MicroCredential,
    OfferPreview,
    OwnRecord,
    OwnRecordSummary,
    Portfolio,
    PresentationOutcome,
    PresentationPreview,
    Progress,
    ShareLink,
    StackingResult,
  },
}

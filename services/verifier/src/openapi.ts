import { MicroCredential, VerificationReport } from '@mikromerit/credentials'
import type { OpenApiInfo } from '@mikromerit/service-kit'
import { CredentialQuery, DcqlQuery } from './dcql/schemas.ts'
import { Policy, PolicyDraft } from './policies/schemas.ts'
import {
  CreatedPresentationRequest,
  PresentationRequest,
  PresentationRequestDraft,
} from './presentation-requests/schemas.ts'
import {
  TrustAnchor,
  TrustAnchorDraft,
  TrustedIssuer,
  TrustedIssuerDraft,
} from './trust/schemas.ts'
import { AnswerReport } from './verifications/report.ts'

/** What the API document says about the whole. */
export const apiDescription: OpenApiInfo = {
  title: 'Mikromerit verifier',
  description:
    'Ask learners to show micro-credentials, check what they show or what you were sent, and learn check by check whether to trust it: valid, invalid or undetermined.',
  tags: [
    { name: 'Verifications', description: 'Check a credential you were given' },
    { name: 'Presentation requests', description: 'Ask a learner to show credentials' },
    { name: 'Policies', description: 'What you ask for and accept, by name' },
    { name: 'Trust', description: 'The registry of issuers and what they may award' },
    { name: 'OpenID4VP', description: 'What wallets call' },
  ],
  schemas: {
    AnswerReport,
    CreatedPresentationRequest,
    CredentialQuery,
    DcqlQuery,
    MicroCredential,
    Policy,
    PolicyDraft,
    PresentationRequest,
    PresentationRequestDraft,
    TrustAnchor,
    TrustAnchorDraft,
    TrustedIssuer,
    TrustedIssuerDraft,
    VerificationReport,
  },
}

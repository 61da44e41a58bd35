import {
  AchievementContent,
  Agent,
  Completeness,
  ComponentRef,
  Evidence,
  Finding,
  GradingScheme,
  Identifier,
  Learner,
  LearningOutcome,
  Level,
  Participation,
  QualityAssurance,
  SkillRef,
  Stacking,
  StackingResult,
  StackingRules,
  Validation,
  Workload,
} from '@mikromerit/credentials'
import type { OpenApiInfo } from '@mikromerit/service-kit'
import {
  Achievement,
  AchievementContentDraft,
  AchievementDraft,
  AchievementTrial,
} from './achievements/schemas.ts'
import { Award, AwardDraft, AwardTrial } from './awards/schemas.ts'
import { CatalogueEntry } from './catalogue/schemas.ts'
import { CompositeRequest } from './composites/schemas.ts'
import { IssuedCredential } from './credentials/schemas.ts'
import { Delegation } from './delegation/schemas.ts'
import { Job, JobRow } from './jobs/schemas.ts'
import { CredentialOffer, Offer, OfferOptions } from './offers/schemas.ts'
import { Organisation } from './organisations/schemas.ts'
import { CredentialPreview } from './previews/schemas.ts'

/** What the API document says about the whole. */
export const apiDescription: OpenApiInfo = {
  title: 'Mikromerit issuer',
  description:
    'Describe micro-credentials, award them to learners, and let their wallets fetch signed credentials. What was awarded can be suspended and revoked; verifiers see it in published status lists.',
  tags: [
    { name: 'Organisations', description: 'Who awards' },
    { name: 'Achievements', description: 'Definitions of micro-credentials' },
    { name: 'Delegation', description: 'Who else may award a definition' },
    { name: 'Composite awards', description: 'Wholes for parts that a learner shows' },
    { name: 'Catalogue', description: 'What can be achieved, for everybody' },
    { name: 'Awards', description: 'Who achieved what, and when' },
    { name: 'Imports', description: 'Awards out of files' },
    { name: 'Bulk work', description: 'One thing done to many awards' },
    { name: 'Jobs', description: 'Long work and how far it is' },
    { name: 'Offers', description: 'What a learner’s wallet is given' },
    { name: 'OpenID4VCI', description: 'What wallets call' },
    { name: 'Metadata', description: 'Public documents of each issuer' },
    { name: 'Status lists', description: 'What verifiers read' },
  ],
  schemas: {
    Achievement,
    AchievementContent,
    AchievementContentDraft,
    AchievementDraft,
    AchievementTrial,
    Agent,
    Award,
    AwardDraft,
    AwardTrial,
    CatalogueEntry,
    Completeness,
    ComponentRef,
    CompositeRequest,
    CredentialOffer,
    CredentialPreview,
    Delegation,
    Evidence,
    Finding,
    GradingScheme,
    Identifier,
    IssuedCredential,
    Job,
    JobRow,
    Learner,
    LearningOutcome,
    Level,
    Offer,
    OfferOptions,
    Organisation,
    Participation,
    QualityAssurance,
    SkillRef,
    Stacking,
    StackingResult,
    StackingRules,
    Validation,
    Workload,
  },
  securitySchemes: {
    walletAccessToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'The access token a wallet got from the token endpoint (OpenID4VCI 6.2).',
    },
  },
}

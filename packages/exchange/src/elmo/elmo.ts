import type { Identifier, LanguageMap } from '@mikromerit/credentials'
import type { ImportFinding } from '../findings/import-finding.ts'
import type { SignatureOutcome } from '../xml-signature/verify-signature.ts'
import type { MicroCredentialExtension } from './extension/micro-credential-extension.ts'

/** Namespace of ELMO 1 and 2 alike: the version shows in the elements only (domain.md section 4). */
export const elmoNamespace = 'https://github.com/emrex-eu/elmo-schemas/tree/v1'

/** An ELMO file, as far as it is understood here. Holds no national identifier, ever. */
export interface ElmoDocument {
  readonly version: 1 | 2
  readonly generatedAt?: string
  readonly learner: ElmoLearner
  readonly reports: readonly ElmoReport[]
  readonly attachments: readonly ElmoAttachment[]
  readonly signature: SignatureOutcome
  readonly findings: readonly ImportFinding[]
}

export interface ElmoLearner {
  readonly givenName?: string
  readonly familyName?: string
  readonly birthDate?: string
  /** Other than national ones: `esi`, and what the institution uses. */
  readonly identifiers: readonly Identifier[]
}

/** What one institution says. */
export interface ElmoReport {
  readonly issuer: ElmoIssuer
  readonly issuedAt?: string
  readonly opportunities: readonly ElmoOpportunity[]
  /** ELMO 2: decisions to recognise what was learned elsewhere. */
  readonly recognitions: readonly ElmoRecognition[]
  readonly attachments: readonly ElmoAttachment[]
}

export interface ElmoIssuer {
  readonly title: LanguageMap
  readonly identifiers: readonly Identifier[]
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
  readonly url?: string
}

/** A course or programme together with what this learner did in it: LOS and LOI in one. */
export interface ElmoOpportunity {
  readonly identifiers: readonly Identifier[]
  readonly title: LanguageMap
  readonly type?: string
  /** ISCED-F 2013, its leading zero restored. */
  readonly fieldOfEducation?: string
  readonly url?: string
  readonly description?: LanguageMap
  readonly instanceIdentifiers: readonly Identifier[]
  readonly start?: string
  readonly end?: string
  readonly status: ElmoStatus
  readonly grade?: string
  readonly gradingScheme?: ElmoGradingScheme
  readonly credits: readonly ElmoCredit[]
  readonly levels: readonly ElmoLevel[]
  readonly languageOfInstruction?: string
  /** Hours in class, which is not the workload. */
  readonly engagementHours?: number
  /** Identifiers of attachments of the report. */
  readonly attachments: readonly string[]
  readonly microCredential?: MicroCredentialExtension
  readonly parts: readonly ElmoOpportunity[]
  /** Where it stands. */
  readonly line: number
  readonly path: string
}

export const elmoStatuses = ['passed', 'failed', 'in-progress'] as const
export type ElmoStatus = (typeof elmoStatuses)[number]

export interface ElmoGradingScheme {
  /** Valid within the file only. */
  readonly localId: string
  readonly description?: LanguageMap
}

export interface ElmoCredit {
  /** URI of a credit system known here, else as it is written. */
  readonly framework: string
  readonly value: number
}

export interface ElmoLevel {
  /** EQF, SeQF, or what the file calls it. */
  readonly framework: string
  readonly level: number
}

export interface ElmoRecognition {
  readonly title: LanguageMap
  readonly description?: LanguageMap
  readonly status?: string
  readonly decidedOn?: string
  readonly results: readonly ElmoOpportunity[]
}

/** A file in the file: what kind and how large, never its content. */
export interface ElmoAttachment {
  readonly identifiers: readonly string[]
  readonly title: LanguageMap
  readonly type?: string
  readonly contents: readonly { readonly mediaType: string; readonly bytes: number }[]
}

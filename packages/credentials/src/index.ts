export { assessmentTypes, learningModes, supervisionTypes } from './code-lists/assessment.ts'
export {
  type CodeList,
  type Concept,
  findConcept,
  findConceptByLabel,
  toConceptUri,
} from './code-lists/code-list.ts'
export { isCountryCode } from './code-lists/countries.ts'
export { creditAbbreviations, creditFrameworks } from './code-lists/credits.ts'
export {
  credentialProfiles,
  edcVerificationChecks,
  edcVerificationStatuses,
  entitlementStatuses,
  entitlementTypes,
  evidenceTypes,
} from './code-lists/digital-credentials.ts'
export { broadFieldsOfEducation, findFieldOfEducation } from './code-lists/fields-of-education.ts'
export { findGradingScheme, gradingSchemes } from './code-lists/grading-schemes.ts'
export {
  learningActivityTypes,
  learningOpportunityTypes,
  learningOutcomeTypes,
  learningSchedules,
  learningSettingConcepts,
  skillReuseLevels,
} from './code-lists/learning.ts'
export { eqfLevels, findLevelList, seqfLevels } from './code-lists/levels.ts'
export { qualityAssuranceTypes } from './code-lists/quality-assurance.ts'
export {
  Achievement,
  AchievementContent,
  AchievementDraft,
  cycles,
  type LearningSetting,
  learningSettings,
} from './domain/achievement.ts'
export { Award, AwardDraft, type AwardRecord, Learner } from './domain/award.ts'
export {
  type AwardStatus,
  awardStatuses,
  decideStatus,
  type StatusChange,
  type StatusDecision,
  statusBits,
} from './domain/award-status.ts'
export { checkAchievement } from './domain/check-achievement.ts'
export { checkAward } from './domain/check-award.ts'
export { checkOrganisation } from './domain/check-organisation.ts'
export { isDay, stockholmDate } from './domain/dates.ts'
export { achievementExample, awardExample, learnerExample } from './domain/examples.ts'
export { Finding, findingSeverities } from './domain/finding.ts'
export { type FindingCode, finding } from './domain/finding-messages.ts'
export {
  GradingScheme,
  LearningOutcome,
  Level,
  Participation,
  SkillRef,
  Stacking,
  Workload,
} from './domain/learning.ts'
export { normaliseAchievement, normaliseAward, normaliseOrganisation } from './domain/normalise.ts'
export {
  Agent,
  Identifier,
  Organisation,
  OrganisationDraft,
  type OrganisationKind,
  organisationExample,
  organisationKinds,
  QualityAssurance,
} from './domain/organisation.ts'
export { findOrganisationNumberFault, holdsPersonalNumber } from './domain/swedish-numbers.ts'
export {
  chooseText,
  LanguageMap,
  type Locale,
  LocalisedText,
  languageMap,
} from './domain/text.ts'
export { Evidence, Validation } from './domain/validation.ts'
export {
  disclosureProfiles,
  type LearningCredentialClaim,
  learningCredentialVct,
} from './formats/learning-credential-claims.ts'
export {
  type ClaimMetadata,
  learningCredentialTypeMetadata,
  type TypeMetadata,
} from './formats/learning-credential-type-metadata.ts'
export type { Loss } from './formats/loss.ts'
export { CodedValue, MicroCredential, type Party } from './formats/micro-credential.ts'
export { normaliseLearningCredential } from './formats/normalise-learning-credential.ts'
export {
  type Projection,
  type ProjectionOptions,
  projectLearningCredential,
} from './formats/project-learning-credential.ts'
export { decodeBase64url, encodeBase64url } from './jose/base64url.ts'
export {
  authorityKeyIdentifiers,
  type CertificatePath,
  type CertificatePathOptions,
  type CertificateRefusal,
  certificateNames,
  certificateThumbprint,
  parseCertificateChain,
  verifyCertificatePath,
} from './jose/certificates.ts'
export {
  isObject,
  type JsonLimits,
  type JsonRefusal,
  parseJson,
  parseJsonObject,
} from './jose/json.ts'
export {
  importPublicJwk,
  isSameKey,
  type JwkRefusal,
  jwkThumbprint,
  type PublicJwk,
  parsePublicJwk,
} from './jose/jwk.ts'
export {
  type Jws,
  type JwsHeader,
  type JwsRefusal,
  parseJws,
  signJws,
  verifyJws,
} from './jose/jws.ts'
export { findIssuerKeys, type IssuerKey } from './jose/key-set.ts'
export { createSoftwareSigner, generateSigningKey, type Signer } from './jose/signer.ts'
export { accept, type Refusal, type Result, refuse } from './result.ts'
export { issueSdJwt } from './sd-jwt/issue.ts'
export {
  createKeyBindingJwt,
  type KeyBindingRefusal,
  verifyKeyBinding,
} from './sd-jwt/key-binding.ts'
export { parseSdJwt, type SdJwt, type SdJwtRefusal } from './sd-jwt/parse.ts'
export {
  type ClaimPath,
  type DisclosedClaim,
  type ProcessedSdJwt,
  type ProcessingRefusal,
  processSdJwt,
} from './sd-jwt/process.ts'
export { type ClaimsPathPointer, resolveClaimsPath, selectDisclosures } from './sd-jwt/select.ts'
export { issueSdJwtVc } from './sd-jwt-vc/issue.ts'
export {
  type RegisteredClaims,
  readRegisteredClaims,
  type StatusListReference,
} from './sd-jwt-vc/registered-claims.ts'
export {
  checkValidityPeriod,
  type KeyBindingExpectation,
  parseSdJwtVc,
  processSdJwtVc,
  type SdJwtVcRefusal,
  type VerifiedSdJwtVc,
  verifySdJwtVc,
} from './sd-jwt-vc/verify.ts'
export {
  isStatusBits,
  readStatus,
  type StatusBits,
  setStatus,
  statusListBytes,
} from './status-list/status-bits.ts'
export { statusIndexAt } from './status-list/status-index.ts'
export {
  lookUpStatus,
  parseStatusList,
  parseStatusListToken,
  type StatusListRefusal,
  type StatusListToken,
  signStatusListToken,
  verifyStatusListToken,
} from './status-list/token.ts'
export type {
  Authorisation,
  AuthorisationQuery,
  FetchedStatusList,
  IssuerKeyQuery,
  IssuerKeyResolution,
  StatusFetchRefusal,
  VerificationContext,
} from './verification/context.ts'
export {
  type CheckCode,
  checkCodes,
  type Outcome,
  outcomes,
  VerificationCheck,
  VerificationReport,
  worstOutcome,
} from './verification/report.ts'
export { type Verification, verifyCredential } from './verification/verify-credential.ts'

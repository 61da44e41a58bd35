export { type BakedPngRefusal, bakePng } from './baked-image/bake-png.ts'
export { type BakedSvgRefusal, bakeSvg } from './baked-image/bake-svg.ts'
export {
  type DefaultBadgeOptions,
  drawDefaultBadge,
  drawDefaultBadgeSvg,
} from './baked-image/default-badge.ts'
export {
  type BakedCredential,
  type BakedImageRefusal,
  readBakedImage,
} from './baked-image/read-baked-image.ts'
export {
  countEntries,
  createBitstring,
  minimumEntries,
  readBitstringStatus,
  setBitstringStatus,
} from './bitstring-status-list/bitstring.ts'
export {
  type BitstringStatus,
  type CheckBitstringStatusOptions,
  checkBitstringStatus,
  lookUpBitstringStatus,
  verifyStatusListCredential,
} from './bitstring-status-list/check-status.ts'
export { type BitstringView, viewAsBitstring } from './bitstring-status-list/from-token-list.ts'
export {
  type BitstringStatusError,
  type BitstringStatusList,
  parseStatusListCredential,
} from './bitstring-status-list/parse.ts'
export {
  type BuildStatusListOptions,
  buildStatusListCredential,
  signStatusListCredential,
  statusListCredentialMediaType,
} from './bitstring-status-list/sign.ts'
export {
  type BitstringStatusListEntry,
  bitstringStatusBits,
  buildStatusEntry,
  parseStatusEntry,
  type StatusPurpose,
} from './bitstring-status-list/status-entry.ts'
export { createBundleContext } from './bundle/bundle-context.ts'
export { noteAges } from './bundle/note-ages.ts'
export {
  type BundleContent,
  type BundledAnchor,
  bundleLimits,
  type IssuerDocument,
  maxBundleLength,
  type StatusSnapshot,
} from './bundle/schema.ts'
export {
  type SignBundleOptions,
  selectDocuments,
  selectSnapshots,
  signTrustBundle,
} from './bundle/sign-bundle.ts'
export {
  type BundleRefusal,
  type TrustBundle,
  type VerifyBundleOptions,
  verifyTrustBundle,
} from './bundle/verify-bundle.ts'
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
export { cycleConcepts } from './code-lists/cycles.ts'
export {
  credentialProfiles,
  edcVerificationChecks,
  edcVerificationStatuses,
  entitlementStatuses,
  entitlementTypes,
  evidenceTypes,
} from './code-lists/digital-credentials.ts'
export {
  findEuCountry,
  findEuLanguage,
  readEuCountry,
  readEuLanguage,
} from './code-lists/eu-authority.ts'
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
export { proficiencyConcepts } from './code-lists/proficiency.ts'
export { qualityAssuranceTypes } from './code-lists/quality-assurance.ts'
export { codeListVersions } from './code-lists/versions.ts'
export { normaliseCompact } from './compact/normalise-compact.ts'
export { isCompactCredential, maxPrintedCharacters } from './compact/packing.ts'
export {
  type CompactCredential,
  type CompactRefusal,
  parseCompactCredential,
} from './compact/parse-compact.ts'
export { type CompactOptions, projectCompact } from './compact/project-compact.ts'
export { type SignCompactOptions, signCompactCredential } from './compact/sign-compact.ts'
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
export { Completeness, scoreCompleteness } from './domain/completeness.ts'
export { ComponentRef } from './domain/component.ts'
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
export { buildAchievementUrl } from './formats/achievement-url.ts'
export type { ClaimMetadata, DisclosureProfiles } from './formats/claim-description.ts'
export { digestCredential } from './formats/credential-digest.ts'
export { findDisclosureProfiles } from './formats/disclosure-profiles.ts'
export type { AwardComponent } from './formats/elm/build-components.ts'
export {
  elmContextDocument,
  elmContextIntegrity,
  elmContextSha256,
} from './formats/elm/context.ts'
export type { ElmOptions, ElmVc11Options } from './formats/elm/elm-options.ts'
export { normaliseElm } from './formats/elm/normalise-elm.ts'
export { type DefinitionOptions, projectDefinition } from './formats/elm/project-definition.ts'
export { type ElmProjection, projectElm, projectElmVc11 } from './formats/elm/project-elm.ts'
export {
  disclosureProfiles,
  type LearningCredentialClaim,
  learningCredentialVct,
} from './formats/learning-credential-claims.ts'
export {
  learningCredentialTypeMetadata,
  type TypeMetadata,
} from './formats/learning-credential-type-metadata.ts'
export {
  defaultLegalCategory,
  type LegalCategoryOptions,
  legalCategories,
  legalCategoryClaims,
  projectLegalCategory,
} from './formats/legal-category.ts'
export { type Loss, loss } from './formats/loss.ts'
export { CodedValue, MicroCredential, type Party } from './formats/micro-credential.ts'
export { normaliseLearningCredential } from './formats/normalise-learning-credential.ts'
export { isAssertion } from './formats/open-badge/normalise-assertion.ts'
export {
  normaliseOpenBadge,
  type OpenBadgeRefusal,
} from './formats/open-badge/normalise-open-badge.ts'
export type { NormalisedBadge } from './formats/open-badge/normalised-badge.ts'
export {
  type OpenBadgeOptions,
  type OpenBadgeProjection,
  projectOpenBadge,
} from './formats/open-badge/project-open-badge.ts'
export { namesRecipient } from './formats/open-badge/recipient.ts'
export {
  lookUpRevocation,
  type Revocation,
  type RevocationListRefusal,
} from './formats/open-badge/revocation-list.ts'
export { openBadgesContext, openBadgesContexts } from './formats/open-badge/vocabulary.ts'
export {
  describeTitle,
  type Projection,
  type ProjectionOptions,
  projectLearningCredential,
} from './formats/project-learning-credential.ts'
export { findRecognisedOutcomes } from './formats/project-validation.ts'
export { toRulebookClaim } from './formats/webuild/claim-names.ts'
export type { RulebookOptions } from './formats/webuild/project-common.ts'
export { projectMicroCredential } from './formats/webuild/project-micro-credential.ts'
export { projectVerifiedSkill } from './formats/webuild/project-verified-skill.ts'
export {
  findRulebookRefusal,
  type RulebookCandidate,
  type RulebookRefusal,
} from './formats/webuild/refusals.ts'
export {
  type RulebookFormat,
  rulebookFormats,
  rulebookVcts,
  rulebookVersion,
} from './formats/webuild/rulebook.ts'
export { rulebookTypeIntegrity, rulebookTypeMetadata } from './formats/webuild/type-metadata.ts'
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
export { takeRandomBytes } from './jose/random.ts'
export { createSoftwareSigner, generateSigningKey, type Signer } from './jose/signer.ts'
export type { TrustedAttesters } from './oauth/attester.ts'
export {
  type ClientAttestation,
  type ClientAttestationRefusal,
  createAttestationProof,
  createClientAttestation,
  verifyClientAttestation,
} from './oauth/client-attestation.ts'
export {
  createDpopProof,
  type DpopProof,
  type DpopRefusal,
  verifyDpopProof,
} from './oauth/dpop-proof.ts'
export {
  createKeyAttestation,
  type KeyAttestation,
  type KeyAttestationRefusal,
  verifyKeyAttestation,
} from './oauth/key-attestation.ts'
export {
  parseReplacement,
  type Replacement,
  type ReplacementRefusal,
} from './replacement/parse.ts'
export {
  isReplacementReason,
  type ReplacementReason,
  replacementReasons,
} from './replacement/reasons.ts'
export {
  type BuildReplacementOptions,
  replacementMediaType,
  signReplacement,
} from './replacement/sign.ts'
export { type VerifyReplacementOptions, verifyReplacement } from './replacement/verify.ts'
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
export { type ClaimsPathPointer, selectDisclosures } from './sd-jwt/select.ts'
export { issueSdJwtVc } from './sd-jwt-vc/issue.ts'
export {
  type RegisteredClaims,
  readRegisteredClaims,
  type StatusListReference,
} from './sd-jwt-vc/registered-claims.ts'
export {
  type KeyBindingExpectation,
  parseSdJwtVc,
  processSdJwtVc,
  type SdJwtVcRefusal,
  type VerifiedSdJwtVc,
  verifySdJwtVc,
} from './sd-jwt-vc/verify.ts'
export { checkComponents, checkReportedComponents } from './stacking/check-components.ts'
export { areEvaluable } from './stacking/check-rules.ts'
export type { StackingCredential } from './stacking/credential.ts'
export { evaluateStacking } from './stacking/evaluate.ts'
export { findStackingCycle } from './stacking/find-cycle.ts'
export { takeReportApart } from './stacking/from-report.ts'
export { StackingReason } from './stacking/reasons.ts'
export { StackingResult } from './stacking/result.ts'
export {
  listReferences,
  listRequirements,
  namedDefinitions,
  type StackingRule,
  StackingRules,
} from './stacking/rules.ts'
export {
  readStatus,
  type StatusBits,
  setStatus,
  statusListBytes,
} from './status-list/status-bits.ts'
export { statusIndexAt } from './status-list/status-index.ts'
export {
  lookUpStatus,
  parseStatusListToken,
  type StatusListRefusal,
  type StatusListToken,
  signStatusListToken,
  verifyStatusListToken,
} from './status-list/token.ts'
export { type AuthoriseOptions, authorisationReasons, authorise } from './trust/authorise.ts'
export { createIssuerKeys, type IssuerKeys, type TrustSource } from './trust/issuer-keys.ts'
export { metadataUrl } from './trust/metadata-url.ts'
export { createPublishedKeys, type IssuerDocuments } from './trust/published-keys.ts'
export {
  EntryId,
  issuerMembers,
  type LegalName,
  type MayAward,
  type RegisteredIssuer,
} from './trust/registered-issuer.ts'
export {
  algorithmOf,
  type VcAlgorithm,
  vcAlgorithms,
  verifyVcSignature,
} from './vc-jose/algorithms.ts'
export { expandTypes, matchesTypes } from './vc-jose/expand-types.ts'
export { buildDidJwk, findHolderKey } from './vc-jose/holder-keys.ts'
export { parseVerificationJwk } from './vc-jose/keys.ts'
export { parseVcJwt, type VcJwt, type VcJwtRefusal } from './vc-jose/parse-vc-jwt.ts'
export { parsePresentationJwt } from './vc-jose/parse-vp-claim.ts'
export {
  type EnvelopedCredential,
  parseVpJwt,
  type VpJwt,
  type VpJwtRefusal,
} from './vc-jose/parse-vp-jwt.ts'
export {
  type CredentialFacts,
  credentialsV1Context,
  credentialsV2Context,
} from './vc-jose/read-credential.ts'
export {
  type SignOpenBadgeJwtOptions,
  type SignVcJwtOptions,
  signOpenBadgeJwt,
  signVcJwt,
} from './vc-jose/sign-vc-jwt.ts'
export { type SignVpClaimOptions, signVpClaimJwt } from './vc-jose/sign-vp-claim.ts'
export { type SignVpJwtOptions, signVpJwt } from './vc-jose/sign-vp-jwt.ts'
export { createVcSigner, type VcSigner } from './vc-jose/vc-signer.ts'
export {
  checkVcPeriod,
  type VcPeriodRefusal,
  type VerifyVcJwtOptions,
  verifyVcJwt,
} from './vc-jose/verify-vc-jwt.ts'
export {
  type VerifyVpJwtOptions,
  type VpJwtVerificationRefusal,
  verifyVpJwt,
} from './vc-jose/verify-vp-jwt.ts'
export { checkAuthorisation } from './verification/check-authorisation.ts'
export {
  type Checklist,
  type CheckResult,
  createChecklist,
  invalid,
  undetermined,
  valid,
} from './verification/checklist.ts'
export { conclude } from './verification/conclude.ts'
export type {
  Authorisation,
  AuthorisationQuery,
  FetchedBitstringList,
  FetchedReplacement,
  FetchedStatusList,
  IssuerKeyQuery,
  IssuerKeyResolution,
  StatusFetchRefusal,
  VerificationContext,
} from './verification/context.ts'
export { explain, type Reason, reasons } from './verification/messages.ts'
export {
  type CheckCode,
  checkCodes,
  type Outcome,
  outcomes,
  VerificationCheck,
  VerificationReport,
  worstOutcome,
} from './verification/report.ts'
export { verifyCompactCredential } from './verification/verify-compact-credential.ts'
export { type Verification, verifyCredential } from './verification/verify-credential.ts'
export {
  type MissingProof,
  verifyUnsecuredCredential,
} from './verification/verify-unsecured-credential.ts'
export { verifyVcJwtCredential } from './verification/verify-vc-jwt-credential.ts'

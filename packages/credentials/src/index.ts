export { decodeBase64url, encodeBase64url } from './jose/base64url.ts'
export {
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

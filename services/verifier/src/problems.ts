import { defineProblems } from '@mikromerit/service-kit'

/** Every refusal of the verifier's own API: code → status, title and what to do about it. */
export const problems = defineProblems({
  'upload-invalid': {
    status: 400,
    title: 'There is nothing to verify',
    remedy:
      'Send one file: as the only part of a form (multipart/form-data), or as the body with its media type. Or send JSON with the member credential.',
  },
  'file-too-large': {
    status: 413,
    title: 'The file is too large',
    remedy: 'Send a smaller file; the limit is the service’s VERIFICATION_MAX_BYTES.',
  },
  'dcql-invalid': {
    status: 400,
    title: 'The query contradicts itself',
    remedy:
      'Correct what the pointers in errors name (OpenID4VP 1.0, section 6), and send it again.',
  },
  'query-ambiguous': {
    status: 400,
    title: 'Both a policy and a query were given',
    remedy: 'Send policyId or dcql, or neither for the standard question about a micro-credential.',
  },
  'redirect-uri-invalid': {
    status: 400,
    title: 'The redirect address cannot be used',
    remedy: 'Give an absolute https address without user name and fragment.',
  },
  'presentation-request-contradictory': {
    status: 400,
    title: 'The request contradicts itself',
    remedy: 'Correct what the pointers in errors name, and send it again.',
  },
  'client-id-prefix-unavailable': {
    status: 409,
    title: 'The verifier cannot name itself in this way',
    remedy:
      'Choose another clientIdPrefix, or have the operator configure it: verifier_attestation needs VERIFIER_ATTESTATION, in force and for one of our keys; x509_san_dns a host name in PUBLIC_URL.',
  },
  'presentation-request-not-found': {
    status: 404,
    title: 'There is no such presentation request',
    remedy:
      'Check the id. A request belongs to whoever made it, and is deleted after its retention.',
  },
  'presentation-request-closed': {
    status: 409,
    title: 'The request is not open any more',
    remedy: 'It has been answered, declined or has expired. Make a new one.',
  },
  'browser-answer-invalid': {
    status: 400,
    title: 'The answer of the browser cannot be used',
    remedy:
      'Send protocol and data of the DigitalCredential as the browser gave them, for the request that was asked. Nothing was stored.',
  },
  'page-open-elsewhere': {
    status: 409,
    title: 'The page is open in another browser',
    remedy: 'Go on in the browser that opened it first, or ask for a new request.',
  },
  'response-code-wrong': {
    status: 403,
    title: 'The response code does not belong to this request',
    remedy:
      'Send the response_code that the wallet brought back to redirectUri, in the same session.',
  },
  'policy-not-found': {
    status: 404,
    title: 'There is no such policy',
    remedy: 'Check the id. A policy belongs to whoever stored it.',
  },
  'policy-invalid': {
    status: 400,
    title: 'The policy contradicts itself',
    remedy: 'Correct what the pointers in errors name, and send it again.',
  },
  'trusted-issuer-not-found': {
    status: 404,
    title: 'The trust registry has no such issuer',
    remedy: 'Check the id; list the registry with GET /v1/trust/issuers.',
  },
  'trusted-issuer-invalid': {
    status: 400,
    title: 'The entry cannot be used',
    remedy: 'Correct what the pointers in errors name, and send it again.',
  },
  'issuer-identifier-taken': {
    status: 409,
    title: 'Another entry is about this issuer',
    remedy: 'Change the entry that has this identifier; an issuer has one entry.',
  },
  'trust-anchor-not-found': {
    status: 404,
    title: 'The trust registry has no such anchor',
    remedy: 'Check the id; list the anchors with GET /v1/trust/anchors.',
  },
  'trust-anchor-invalid': {
    status: 400,
    title: 'The certificate cannot be a trust anchor',
    remedy: 'Send one PEM certificate of a certificate authority.',
  },
  'trust-bundle-too-large': {
    status: 400,
    title: 'The registry does not fit into one bundle',
    remedy: 'Ask for the issuers you need, with ?issuer= for each.',
  },
  'too-many-event-streams': {
    status: 503,
    title: 'No more event streams can be served now',
    remedy: 'Ask for the state with ordinary requests, or try again in a while.',
  },
})

import { defineProblems } from '@mikromerit/service-kit'

/** Every refusal of the wallet's API: code → status, title and what to do about it. */
export const problems = defineProblems({
  'offer-invalid': {
    status: 422,
    title: 'The credential offer cannot be used',
    remedy:
      'Ask the issuer for a new offer that follows OpenID4VCI 1.0; detail says what is wrong.',
  },
  'offer-unreachable': {
    status: 502,
    title: 'The credential offer could not be fetched',
    remedy:
      'The link may have expired, or the issuer may be down. Try again, or ask for a new offer.',
  },
  'issuer-unreachable': {
    status: 502,
    title: 'The issuer did not answer',
    remedy: 'Nothing is lost: accept the same offer again in a while.',
  },
  'issuer-metadata-invalid': {
    status: 422,
    title: "The issuer's metadata cannot be used",
    remedy: 'Tell the issuer what detail says; the offer is not accepted.',
  },
  'issuer-unsupported': {
    status: 422,
    title: 'The issuer asks for something this wallet cannot do',
    remedy:
      'Ask the issuer for another format, or use another wallet; detail says what is missing.',
  },
  'offer-not-found': {
    status: 404,
    title: 'There is no such offer',
    remedy:
      'Preview the offer first, with POST /v1/offers; an offer belongs to the holder who did.',
  },
  'offer-expired': {
    status: 410,
    title: 'The offer has expired',
    remedy: 'Ask the issuer for a new offer.',
  },
  'offer-already-accepted': {
    status: 409,
    title: 'The offer has been accepted already',
    remedy: 'The credential lies in the wallet: read GET /v1/credentials.',
  },
  'offer-declined': {
    status: 409,
    title: 'The offer has been declined',
    remedy: 'Preview the link again if you changed your mind.',
  },
  'offer-in-progress': {
    status: 409,
    title: 'The offer is being accepted right now',
    remedy: 'Wait for the other request to end, then read GET /v1/credentials.',
  },
  'offer-dead': {
    status: 410,
    title: 'The issuer will not honour this offer any more',
    remedy: 'The code was used, has expired, or was blocked. Ask the issuer for a new offer.',
  },
  'transaction-code-required': {
    status: 400,
    title: 'The issuer asks for a transaction code',
    remedy: 'Send the code you got from the issuer by another way, as txCode.',
  },
  'transaction-code-unexpected': {
    status: 400,
    title: 'The offer asks for no transaction code',
    remedy: 'Accept without txCode: a code is sent to nobody who does not ask for it.',
  },
  'transaction-code-refused': {
    status: 422,
    title: 'The issuer refused the transaction code',
    remedy: 'Check the code and try again. After a few wrong codes the issuer ends the offer.',
  },
  'issuer-refused': {
    status: 502,
    title: 'The issuer refused to issue the credential',
    remedy: 'Ask the issuer; detail names its error code. The offer cannot be used again.',
  },
  'issuance-deferred': {
    status: 502,
    title: 'The issuer wants to deliver later',
    remedy:
      'This wallet takes credentials that are ready at once. Ask the issuer for a new offer then.',
  },
  'credential-rejected': {
    status: 422,
    title: 'The credential received did not stand the checks',
    remedy: 'It was not kept, and the issuer was told. Show the issuer what detail says.',
  },
  'issuer-untrusted': {
    status: 422,
    title: 'Nothing vouches for the issuer of the credential',
    remedy:
      'The operator can add a trust anchor, or allow such credentials (they are then marked).',
  },
  'credential-not-found': {
    status: 404,
    title: 'There is no such credential',
    remedy: 'List the credentials with GET /v1/credentials.',
  },
  'export-not-held': {
    status: 422,
    title: 'The credential is not of this format',
    remedy: 'Export another credential of the award, or ask the issuer to offer this format.',
  },
  'export-needs-share': {
    status: 422,
    title: 'A code needs a link to open',
    remedy: 'Make a link with POST /v1/credentials/{credential}/shares, and name it in share.',
  },
  'export-not-valid': {
    status: 409,
    title: 'The award was withdrawn, suspended or replaced',
    remedy:
      'An ELMO file has no place for that. Export the signed credential, or the award that replaced it.',
  },
  'export-empty': {
    status: 422,
    title: 'There is nothing to export',
    remedy: 'Receive a credential first. Records of your own are not part of the export.',
  },
  'share-not-found': {
    status: 404,
    title: 'There is no such link',
    remedy: 'It may have expired or been withdrawn. Ask whoever gave it to you for a new one.',
  },
  'share-claims-invalid': {
    status: 422,
    title: 'These claims cannot be chosen',
    remedy: 'Choose among the disclosable claims of GET /v1/credentials/{credential}.',
  },
  'share-limit-reached': {
    status: 409,
    title: 'The credential has too many links already',
    remedy: 'Withdraw links that are of no more use, or wait until they expire.',
  },
  'definition-unreachable': {
    status: 502,
    title: 'The provider of the definition did not answer',
    remedy: 'Nothing is lost: ask again in a while.',
  },
  'definition-invalid': {
    status: 422,
    title: 'The address is not that of a definition or catalogue',
    remedy:
      'Take the address from a credential or from the catalogue of its provider; detail says what is wrong.',
  },
  'definition-without-rules': {
    status: 422,
    title: 'The definition is not made of parts',
    remedy: 'Only wholes with stacking rules have progress. Compare with GET /v1/portfolio/gaps.',
  },
  'record-not-found': {
    status: 404,
    title: 'There is no such record',
    remedy: 'List your own records with GET /v1/records.',
  },
  'record-invalid': {
    status: 422,
    title: 'The record cannot be taken',
    remedy:
      'Nothing was kept. Detail says what is wrong; ask whoever gave you the record for it again.',
  },
  'record-limit-reached': {
    status: 409,
    title: 'There are too many records already',
    remedy: 'Delete records that are of no more use; none of this file was kept.',
  },
  'request-invalid': {
    status: 422,
    title: "The verifier's request cannot be answered",
    remedy: 'Nothing was sent. Tell the verifier what detail says.',
  },
  'request-unreachable': {
    status: 502,
    title: "The verifier's request could not be fetched",
    remedy: 'It may have expired, or the verifier may be down. Ask for a new request.',
  },
  'verifier-untrusted': {
    status: 403,
    title: 'Nothing vouches for who is asking',
    remedy:
      'Nothing was sent. The verifier needs a certificate that leads to a trust anchor of this wallet.',
  },
  'client-identifier-unsupported': {
    status: 422,
    title: 'This wallet cannot authenticate this kind of verifier',
    remedy: 'Nothing was sent. Supported are x509_hash, x509_san_dns and redirect_uri.',
  },
  'transaction-data-unsupported': {
    status: 422,
    title: 'The request asks to approve a transaction',
    remedy: 'Nothing was sent. This wallet shows credentials; it does not approve transactions.',
  },
  'presentation-not-found': {
    status: 404,
    title: 'There is no such request',
    remedy: 'Preview the request first, with POST /v1/presentations.',
  },
  'presentation-expired': {
    status: 410,
    title: 'The request has expired',
    remedy: 'Ask the verifier for a new request.',
  },
  'presentation-already-answered': {
    status: 409,
    title: 'The request has been answered already',
    remedy: 'A request is answered once. Ask the verifier for a new one.',
  },
  'presentation-in-progress': {
    status: 409,
    title: 'The answer is being sent right now',
    remedy: 'Wait for the other request to end, then read GET /v1/history.',
  },
  'presentation-unsatisfiable': {
    status: 409,
    title: 'No credentials here can answer the request',
    remedy: 'Nothing was sent. Decline it, or receive the credential first.',
  },
  'selection-invalid': {
    status: 422,
    title: 'The selection does not fit the request',
    remedy: 'Choose, per query, one of the candidates that the preview lists.',
  },
  'verifier-unreachable': {
    status: 502,
    title: 'The verifier did not answer',
    remedy:
      'It may or may not have received the answer. Submit again; it takes an answer only once.',
  },
  'verifier-refused': {
    status: 502,
    title: 'The verifier did not accept the answer',
    remedy: 'Ask the verifier for a new request; this one is closed.',
  },
  'request-in-progress': {
    status: 409,
    title: 'A request with this idempotency key is under way',
    remedy: 'Wait for it to end; then the same request with the same key gets its answer.',
  },
})

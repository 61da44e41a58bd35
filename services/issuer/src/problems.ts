import { defineProblems } from '@mikromerit/service-kit'

/** Every refusal of the issuer's own API: code → status, title and what to do about it. */
export const problems = defineProblems({
  'organisation-exists': {
    status: 409,
    title: 'An organisation with this id exists already',
    remedy: 'Choose another id, or read the existing organisation.',
  },
  'organisation-not-found': {
    status: 404,
    title: 'There is no such organisation',
    remedy: 'Create the organisation first, or check the id in the address.',
  },
  'organisation-id-reserved': {
    status: 400,
    title: 'This id is used by the service itself',
    remedy: 'Choose another id: the id becomes the first part of public addresses.',
  },
  'organisation-invalid': {
    status: 400,
    title: 'The organisation breaks a data rule',
    remedy: 'Correct what the pointers in errors name, and send it again.',
  },
  'settings-contradictory': {
    status: 400,
    title: 'The settings contradict each other',
    remedy:
      'Leave furtherFormats out, or issue as non_qualified: the rulebooks of these formats know no other category.',
  },
  'format-not-switched-on': {
    status: 409,
    title: 'The organisation has not switched this format on',
    remedy: 'Name it in furtherFormats of the organisation’s settings, or leave it out of formats.',
  },
  'award-not-formal': {
    status: 409,
    title: 'A VerifiableMicroCredential is of formal education',
    remedy: 'Offer webuild_verified_skill, or one of the formats that take every award.',
  },
  'award-of-validation': {
    status: 409,
    title: 'A VerifiableMicroCredential is never of recognised prior learning',
    remedy: 'Offer one of the formats that show a validation: sd_jwt_vc, elm or open_badge.',
  },
  'award-formal': {
    status: 409,
    title: 'A VerifiableVerifiedSkill is never of formal education',
    remedy: 'Offer webuild_micro_credential, or one of the formats that take every award.',
  },
  'achievement-invalid': {
    status: 400,
    title: 'The definition breaks a data rule',
    remedy: 'Correct what the pointers in errors name, and send it again.',
  },
  'achievement-not-found': {
    status: 404,
    title: 'The organisation has no such achievement',
    remedy: 'Check the id; an achievement belongs to the organisation that created it.',
  },
  'achievement-exists': {
    status: 409,
    title: 'Another definition has this id',
    remedy: 'Store a new version with PUT, or use an id of its own.',
  },
  'achievement-changed': {
    status: 409,
    title: 'Somebody else stored a version at the same moment',
    remedy: 'Read the newest version, and store yours again if it is still wanted.',
  },
  'achievement-archived': {
    status: 409,
    title: 'The definition is closed for awards',
    remedy: 'Store a new version of it with PUT: that opens it again.',
  },
  'achievement-not-published': {
    status: 409,
    title: 'The definition is a draft',
    remedy: 'Publish it first: that opens it for awards.',
  },
  'not-delegated': {
    status: 403,
    title: 'The organisation may not award this definition',
    remedy: 'Ask the organisation that created it to delegate the right to award it.',
  },
  'delegation-not-begun': {
    status: 403,
    title: 'The right to award this definition has not begun on the day of the award',
    remedy: 'Correct the award date, or ask the creator for a right from an earlier day.',
  },
  'delegation-ended': {
    status: 403,
    title: 'The right to award this definition had ended on the day of the award',
    remedy: 'Correct the award date, or ask the creator to delegate it again.',
  },
  'delegation-withdrawn': {
    status: 403,
    title: 'The right to award this definition is withdrawn',
    remedy: 'Ask the creator to delegate it again. What was awarded stays.',
  },
  'delegation-not-found': {
    status: 404,
    title: 'The definition has no such delegation',
    remedy: 'Check the id in the address.',
  },
  'delegation-invalid': {
    status: 400,
    title: 'The delegation cannot be made like this',
    remedy:
      'Name another organisation that exists here, and a period that does not end before it begins.',
  },
  'achievement-not-composite': {
    status: 409,
    title: 'The definition has no stacking rules',
    remedy: 'Say in stackingRules what the whole is built of, and store the next version.',
  },
  'stacking-rules-too-wide': {
    status: 409,
    title: 'The stacking rules ask for more than one presentation can hold',
    remedy: 'A learner can be asked about 32 requirements at once: divide the whole.',
  },
  'composite-request-not-found': {
    status: 404,
    title: 'The definition has no such composite request',
    remedy: 'Check the ids in the address.',
  },
  'verifier-unavailable': {
    status: 503,
    title: 'The verifier could not be asked',
    remedy: 'Try again. If it stays so, check VERIFIER_URL and the access of the issuer there.',
  },
  'job-not-finished': {
    status: 409,
    title: 'The job has not ended yet',
    remedy: 'Follow its events, or ask again when it has ended.',
  },
  'job-without-credentials': {
    status: 404,
    title: 'The job signs nothing',
    remedy: 'Ask for the credentials of a job of the kind signing.',
  },
  'client-invalid': {
    status: 400,
    title: 'The wallet cannot be registered like this',
    remedy:
      'Give redirect URIs with https, an app’s own scheme, or http on localhost, without fragment.',
  },
  'client-not-found': {
    status: 404,
    title: 'The organisation has registered no such wallet',
    remedy: 'Register it with PUT at this address.',
  },
  'sign-in-not-found': {
    status: 404,
    title: 'The organisation has not said where its learners sign in',
    remedy: 'Say so with PUT at this address.',
  },
  'award-lapsed': {
    status: 409,
    title: 'The competence is no longer valid',
    remedy:
      'Nothing new is signed after the last day of its validity. Award it anew when it was renewed.',
  },
  'award-invalid': {
    status: 400,
    title: 'The award breaks a data rule',
    remedy: 'Correct what the pointers in errors name, and send it again.',
  },
  'award-date-in-future': {
    status: 400,
    title: 'The award date lies in the future',
    remedy: 'An award can be recorded from the day it is decided (time zone Europe/Stockholm).',
  },
  'award-exists': {
    status: 409,
    title: 'Another award has this source reference',
    remedy:
      'A source reference names one award. Send the same content again to get it, or use a reference of its own.',
  },
  'award-not-found': {
    status: 404,
    title: 'The organisation has no such award',
    remedy: 'Check the id in the address.',
  },
  'award-erased': {
    status: 409,
    title: 'The learner of this award is erased',
    remedy: 'There is nobody left to offer it to. Make a new award if it is wanted again.',
  },
  'award-not-valid': {
    status: 409,
    title: 'The award is revoked or suspended',
    remedy: 'Only a valid award can be offered. Lift the suspension, or make a new award.',
  },
  'award-replaced': {
    status: 409,
    title: 'The award was replaced by another',
    remedy: 'Correct or change the newest award of the chain, which detail names.',
  },
  'replacement-not-found': {
    status: 404,
    title: 'No replacement of this credential is known',
    remedy: 'A credential that was not replaced is what its status list says it is.',
  },
  'import-too-large': {
    status: 413,
    title: 'The file is too large',
    remedy: 'Part it into several files; the limit is the service’s IMPORT_MAX_BYTES.',
  },
  'import-empty': {
    status: 400,
    title: 'The file is empty',
    remedy: 'Send the file as the body, or as the one part of multipart/form-data.',
  },
  'too-many-jobs': {
    status: 429,
    title: 'The organisation has too many jobs that have not ended',
    remedy: 'Wait until some have ended; the limit is the service’s JOB_MAX_OPEN.',
  },
  'too-many-followers': {
    status: 429,
    title: 'The organisation follows too many jobs at a time',
    remedy: 'Close connections that are no longer needed, or ask for the job now and then.',
  },
  'job-not-found': {
    status: 404,
    title: 'The organisation has no such job',
    remedy: 'Check the id in the address. What became of old jobs is not kept for ever.',
  },
  'revocation-is-final': {
    status: 409,
    title: 'A revoked award cannot be restored',
    remedy: 'Make a new award: whoever saw a revoked credential must never later see it valid.',
  },
  'status-unchanged': {
    status: 409,
    title: 'The award has this status already',
    remedy: 'Nothing needs to be done.',
  },
  'reason-missing': {
    status: 400,
    title: 'A change of status needs a reason',
    remedy: 'Say in reason why the status changes.',
  },
  'offer-not-found': {
    status: 404,
    title: 'There is no such offer, or it has expired',
    remedy: 'Ask the organisation for a new offer.',
  },
  'status-list-not-found': {
    status: 404,
    title: 'The organisation has no such status list',
    remedy: 'Use the address in the credential.',
  },
  'status-history-unsupported': {
    status: 501,
    title: 'Status lists of the past are not kept',
    remedy: 'Ask without time for the present list.',
  },
  'export-by-offer': {
    status: 422,
    title: 'An SD-JWT VC is bound to its holder’s key',
    remedy: 'Offer the award with formats ["sd_jwt_vc"]: the learner’s wallet fetches it.',
  },
  'export-unprintable': {
    status: 422,
    title: 'The award’s texts are too long for a code on paper',
    remedy: 'Export another format, or shorten the title and names in a new version.',
  },
})

/** What is missing of a row: all of it, or a part that its tests do not show. */
export interface OpenRow {
  readonly state: 'not met' | 'partly'
  readonly why: string
}

const notMet = (why: string): OpenRow => ({ state: 'not met', why })
const partly = (why: string): OpenRow => ({ state: 'partly', why })

const noBatch = 'one credential per request: batch issuance is not offered'
const noTrustList = 'trust lists of others are not read yet; the registry is kept by hand'
const notNamed = 'the rule is kept, and no test names it yet'

/** Rows that are not met, or not whole, and why. A row that gains its test leaves this list. */
export const openRows: Readonly<Record<string, OpenRow>> = {
  'I-02': partly('metadata is not signed; whoever asks for a JWT gets JSON, truthfully labelled'),
  'I-07': partly(noBatch),
  'I-17': notMet('no authorization_servers in the metadata: locations are not needed'),
  'I-22': partly('sign-in without an offer answers access_denied'),
  'I-23': notMet(
    'the check is written (verifyDpopProof), no endpoint uses it: tokens are bearer tokens',
  ),
  'I-24': notMet('DPoP is not offered'),
  'I-26': notMet('the check is written (verifyClientAttestation), no endpoint uses it'),
  'I-27': notMet('needs client attestation'),
  'I-34': notMet(`${noBatch}, so there are never several proofs`),
  'I-37': notMet(noBatch),
  'I-38': notMet(
    'the check is written (verifyKeyAttestation), the credential endpoint takes proofs of type jwt only',
  ),
  'I-40': notMet('every award can be issued at once: deferred issuance is not offered'),
  'I-41': notMet(notNamed),
  'I-42': partly('encryption is refused by its own error code, not offered'),
  'I-43': notMet('encryption is not offered'),
  'I-48': partly('times are rounded; there are no batch copies'),
  'W-09': notMet('only offers with a pre-authorized code are accepted'),
  'W-11': notMet('the wallet does not use the authorization code flow yet'),
  'W-18': notMet('the wallet does not take deferred credentials yet'),
  'W-25': notMet('OpenID Federation is not built'),
  'W-36': notMet(notNamed),
  'W-43': notMet('the wallet holds one copy of each credential'),
  'W-44': notMet('type metadata and images of issuers are not fetched'),
  'V-33': notMet(notNamed),
  'F-23': notMet('type metadata is not fetched'),
  'S-14': notMet(notNamed),
  'S-19': notMet(notNamed),
  'S-24': notMet(notNamed),
  'S-29': notMet(noTrustList),
  'T-01': notMet(noTrustList),
  'T-02': notMet(noTrustList),
  'T-03': notMet(noTrustList),
  'T-04': notMet(noTrustList),
  'T-05': notMet(noTrustList),
  'T-06': notMet(noTrustList),
}

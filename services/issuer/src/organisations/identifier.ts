/** The Credential Issuer Identifier of an organisation (design.md section 4, I-01). */
export const buildIdentifier = (publicUrl: string, organisationId: string) =>
  `${publicUrl}/${organisationId}`

/** domain.md section 6: `urn:schac:personalUniqueCode:int:esi:{country or home organisation}:{code}`. */
export const isEuropeanStudentIdentifier = (text: string | undefined): text is string =>
  text !== undefined && /^urn:schac:personalUniqueCode:int:esi:[^\s:]+:\S+$/.test(text)

/** Types of identifiers by which a file of ours finds its way back. */
export const ownIdentifiers = {
  organisation: 'mikromeritOrganisationId',
  achievement: 'achievementId',
  award: 'awardId',
  sourceReference: 'sourceReference',
} as const

export const toUuidUrn = (id: string): string => `urn:uuid:${id}`

/** The id in a URN, or at the end of an address. */
export const readUuid = (text: string): string | undefined =>
  /(?:^|[:/])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text)?.[1]

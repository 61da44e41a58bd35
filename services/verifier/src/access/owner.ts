/** Who holds the token, as far as ownership goes. */
export interface TokenHolder {
  readonly subject: string
  readonly organisation?: string | undefined
}

/**
 * Whose the requests and policies made with this token are: the organisation's, or the person's own.
 * The prefix keeps an organisation and a person of the same name apart.
 */
export const ownerOf = ({ subject, organisation }: TokenHolder): string =>
  organisation === undefined ? `subject/${subject}` : `organisation/${organisation}`

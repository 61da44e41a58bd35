/** Why an award was replaced by another. Codes alone: a statement holds no free text and no personal data. */
export const replacementReasons = [
  'data_corrected',
  'result_changed',
  'definition_corrected',
  'issued_in_error',
  'format_renewed',
] as const
export type ReplacementReason = (typeof replacementReasons)[number]

export const isReplacementReason = (value: unknown): value is ReplacementReason =>
  replacementReasons.some((reason) => reason === value)

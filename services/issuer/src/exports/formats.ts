/** What an award can be taken out as. */
export const exportFormats = [
  'elmo',
  'edc',
  'elm',
  'open_badge',
  'open_badge_png',
  'open_badge_svg',
  'pdf',
  'qr',
  'sd_jwt_vc',
] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Copies that are signed and bound to nobody's key; each has a status of its own. */
export type SignedExport = 'elm' | 'open_badge' | 'compact'

/** What a copy is called where credentials are listed. */
export const exportName = (kind: SignedExport) => `export_${kind}` as const

import type { CopyFormat } from '../jobs/states.ts'

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
export type SignedCopy = CopyFormat | 'compact'

/** Those of one award alone: a wallet gets its SD-JWT VC by an offer, bound to its key. */
export type SignedExport = Exclude<SignedCopy, 'sd_jwt_vc'>

/** What a copy is called where credentials are listed. */
export const exportName = (kind: SignedCopy) => `export_${kind}` as const

import type { Result } from '../result.ts'
import { type BakedPngRefusal, readBakedPng } from './bake-png.ts'
import { type BakedSvgRefusal, readBakedSvg } from './bake-svg.ts'
import type { BakedText } from './credential-text.ts'
import { isPng } from './png.ts'

/** A credential out of an image: text of a stranger, to be verified like any other. */
export interface BakedCredential extends BakedText {
  /** The version of Open Badges it was baked after. */
  readonly specification: '3.0' | '2.0'
}

export type BakedImageRefusal = BakedPngRefusal | BakedSvgRefusal

/** Reads the credential baked into a PNG or SVG; which of the two, the bytes say, not a name or a media type. */
export const readBakedImage = (image: Uint8Array): Result<BakedCredential, BakedImageRefusal> =>
  isPng(image) ? readBakedPng(image) : readBakedSvg(image)

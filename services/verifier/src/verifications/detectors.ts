import { addressDetector, dataAddressDetector } from './addresses.ts'
import type { Detector } from './detector.ts'
import { documentDetector } from './documents.ts'
import { imageDetector } from './images.ts'
import { recordDetector } from './records.ts'
import { compactDetector, jwsDetector, sdJwtDetector } from './tokens.ts'

/**
 * Everything that can be handed in, in the order it is tried: the first that recognises it verifies it. To read one more
 * kind of thing, add its detector here.
 */
export const detectors: readonly Detector[] = [
  sdJwtDetector,
  jwsDetector,
  compactDetector,
  addressDetector,
  dataAddressDetector,
  imageDetector,
  documentDetector,
  recordDetector,
]

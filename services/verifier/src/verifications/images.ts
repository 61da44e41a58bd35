import { readBakedImage } from '@mikromerit/credentials'
import type { Detector } from './detector.ts'
import { notReadable } from './file-checks.ts'
import { toGiven } from './given.ts'
import { rootElementOf } from './xml-root.ts'

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

/** A badge baked into a PNG or SVG (V-28): what the bytes say counts, not a name or a media type. */
export const imageDetector: Detector = {
  name: 'baked image',
  recognises: ({ bytes }) =>
    pngSignature.equals(bytes.subarray(0, 8)) || rootElementOf(bytes) === 'svg',
  verify: async ({ bytes }, task) => {
    const baked = readBakedImage(bytes)
    if (!baked.ok) return notReadable(baked.code, 'image')
    return task.verifyInside(toGiven(baked.value.text), { mayFetch: false })
  },
}

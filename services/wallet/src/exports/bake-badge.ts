import { bakePng, bakeSvg, drawDefaultBadge, drawDefaultBadgeSvg } from '@mikromerit/credentials'
import type { OpenCredential } from '../claims/open-credential.ts'

/** The badge as it was signed, inside a picture (Open Badges 3.0, 5.3). */
export function bakeBadge({ digest }: OpenCredential, token: string, kind: 'png' | 'svg'): Buffer {
  const baked =
    kind === 'png'
      ? bakePng(drawDefaultBadge({ seed: digest }), token)
      : bakeSvg(Buffer.from(drawDefaultBadgeSvg({ seed: digest, title: 'Open Badge' })), token)
  if (!baked.ok) throw new Error(`The badge cannot be baked: ${baked.code}`)
  return baked.value
}

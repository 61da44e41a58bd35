import { bakePng, bakeSvg, drawDefaultBadge, drawDefaultBadgeSvg } from '@mikromerit/credentials'
import type { Exportable } from './exportable.ts'

/** The signed badge inside a picture (Open Badges 3.0, 5.3). All awards of a definition look the same. */
export async function bakeBadge(
  { record: { achievement }, sign }: Exportable,
  kind: 'png' | 'svg',
): Promise<Buffer> {
  const credential = await sign('open_badge')
  const seed = achievement.id
  const title = Object.values(achievement.title)[0] ?? ''
  const baked =
    kind === 'png'
      ? bakePng(drawDefaultBadge({ seed }), credential)
      : bakeSvg(Buffer.from(drawDefaultBadgeSvg({ seed, title })), credential)
  if (!baked.ok) throw new Error(`The badge cannot be baked: ${baked.code}`)
  return baked.value
}

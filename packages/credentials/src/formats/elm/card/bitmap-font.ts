/**
 * A bitmap font of our own: each glyph is its character and up to nine rows of five dots, each row one digit of
 * base 32. Seven rows stand on the line, two hang below it. Marks of accented letters are drawn separately.
 */
const capitals =
  'Aehhvhhh Buhhuhhu Cehggghe Duhhhhhu Evgguggv Fvgguggg Gehgnhhe Hhhhvhhh Is88888s J72222ic Khikokih ' +
  'Lggggggv Mhrllhhh Nhppljjh Oehhhhhe Puhhuggg Qehhhlid Ruhhukih Sfgge11u Tv444444 Uhhhhhhe Vhhhhaa4 ' +
  'Whhhllla Xhha4ahh Yhha4444 Zv1248gv Æfkkvkkn Œfknkkf Ødilll9m Đe99t99e Þguhhugg Ł88co88f Ħhvhvhhh ' +
  'Ŋhppljjh16 Ŧv44e444'
const small =
  'a00e1fhf bgguhhhu c00eggge d11fhhhf e00ehvge f68s8888 g00fhhhf1e hgguhhhh ig0ggggg j4044444k8 kggikoki ' +
  'lgggggg8 m00ullll n00uhhhh o00ehhhe p00uhhhugg q00fhhhf11 r00moggg s00fge1u t88s8886 u00hhhhf v00hhaa4 ' +
  'w00hllla x00ha4ah y00hhhhf1e z00v248v ı00ggggg ȷ0044444k8 ßciikiim æ00q5vkb œ00alnkb ø00dil9m đ27fhhhf ' +
  'ðq4afhhe þgguhhhugg ł88c8o84 ħgsmphhh ŋ00uhhhh16 ŧ88s8s86'
const figures =
  '0ehjlphe 18o8888s 2eh1248v 3eh161he 426aiv22 5vgu11he 668guhhe 7v124488 8ehhehhe 9ehhf12c ²o8go000 ' +
  '³sc4o000 ½hikah47 %pq248bj +044v440 =00v0v00 ±04e40e0 ×00icci0 <248g842 >g84248g °8k80000 €78u8u87 ' +
  '£698s88v $4fke5u4'
const signs =
  '!ggggg0g "kkk0000 #aavavaa &cik8lid \'ggg0000 (48ggg84 )g84448g *04lel40 ,0000088g -000u000 .000000g ' +
  '/11248gg :00g00g0 ;0080088g ?eh12404 @ehnlnge [sgggggs \\gg84211 ]s44444s ^4ah0000 _0000000v `g800000 ' +
  '{688g886 |ggggggggg }o44244o ~009li00 –000v000 •00sss00 §egcic2s «00aka00 »00kak00 ¿4048ghe ¡g0ggggg ' +
  'µ00hhhjtgg ©ehlplhe ®ehtlthe'

/** Combining marks: their code point, then rows; those above a letter end one row over it. */
const marksAbove = '030084 030124 03024a 0303dm 03040e 0306he 030704 03080a 030A4a4 030Bak 030Ca4'
const marksBelow = '032648 03274c 032823'

/** Characters drawn as others that look the same. */
const standIns: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u2010': '-',
  '\u2011': '-',
  '\u2014': '–',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2026': '...',
  '·': '•',
  μ: 'µ',
  Ð: 'Đ',
}

const readRows = (digits: string) => Array.from(digits, (digit) => Number.parseInt(digit, 32))

const glyphs: ReadonlyMap<string, readonly number[]> = new Map(
  [capitals, small, figures, signs].flatMap((group) =>
    group
      .split(' ')
      .map((entry): [string, number[]] => [entry.charAt(0), readRows(entry.slice(1))]),
  ),
)

const readMarks = (group: string): ReadonlyMap<string, readonly number[]> =>
  new Map(
    group
      .split(' ')
      .map((entry) => [
        String.fromCodePoint(Number.parseInt(entry.slice(0, 4), 16)),
        readRows(entry.slice(4)),
      ]),
  )
const above = readMarks(marksAbove)
const below = readMarks(marksBelow)

/** A dot matrix in a line of text: `top` counts rows from the top of capitals, and is negative above them. */
export interface Glyph {
  readonly width: number
  readonly parts: readonly { readonly top: number; readonly rows: readonly number[] }[]
}

const spaceWidth = 3

/** The glyphs of a text; undefined when it has a character this font does not have. */
export function findGlyphs(text: string): Glyph[] | undefined {
  const found: Glyph[] = []
  for (const [cluster] of text.normalize('NFD').matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    for (const character of standIns[cluster] ?? [cluster]) {
      const glyph = composed.get(character) ?? composeGlyph(character)
      if (!glyph) return undefined
      // Letters with more than two marks are not remembered, so that what is stays within bounds.
      if (character.length <= 3) composed.set(character, glyph)
      found.push(glyph)
    }
  }
  return found
}

const composed = new Map<string, Glyph>()

function composeGlyph(cluster: string): Glyph | undefined {
  const [base = '', ...marks] = Array.from(cluster)
  if (base === ' ' && marks.length === 0) return { width: spaceWidth, parts: [] }
  const isTopped = marks.some((mark) => above.has(mark))
  const dotless = base === 'i' ? 'ı' : base === 'j' ? 'ȷ' : base
  const rows = glyphs.get(isTopped ? dotless : base)
  if (!rows) return undefined
  const parts = [{ top: 0, rows }]
  let lowest = rows.findIndex((row) => row !== 0) - 1
  for (const mark of marks) {
    const over = above.get(mark)
    const under = below.get(mark)
    if (over) parts.push({ top: lowest - over.length, rows: over })
    else if (under) parts.push({ top: 7, rows: under })
    else return undefined
    if (over) lowest -= over.length
  }
  return { width: measureWidth(parts.map((part) => part.rows)), parts }
}

/** Columns used, from the left; letters are as wide as they are. */
function measureWidth(parts: readonly (readonly number[])[]): number {
  const used = parts.flat().reduce((all, row) => all | row, 0)
  let width = 5
  while (width > 1 && (used & (1 << (5 - width))) === 0) width--
  return width
}

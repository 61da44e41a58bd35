type Measure = (text: string) => number

/** Breaks a text into lines no wider than `limit`, between words where it can. Widths of parts must add up. */
export function wrapText(text: string, limit: number, measure: Measure): string[] {
  const pieces = text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) =>
      breakWord(word, limit, measure).map((part, at) => ({ part, before: at === 0 ? ' ' : '' })),
    )
  const lines: string[] = []
  let width = limit
  for (const { part, before } of pieces) {
    const needed = measure(part)
    const joined = width + measure(before) + needed
    const last = lines.at(-1)
    const fits = last !== undefined && joined <= limit
    if (fits) lines[lines.length - 1] = last + before + part
    else lines.push(part)
    width = fits ? joined : needed
  }
  return lines
}

/** A word in parts that fit; a letter is never parted from its marks. */
function breakWord(word: string, limit: number, measure: Measure): string[] {
  if (measure(word) <= limit) return [word]
  const parts: string[] = ['']
  let width = 0
  for (const { segment } of letters.segment(word)) {
    const needed = measure(segment)
    const fits = width === 0 || width + needed <= limit
    if (fits) parts[parts.length - 1] += segment
    else parts.push(segment)
    width = fits ? width + needed : needed
  }
  return parts
}

const letters = new Intl.Segmenter('sv', { granularity: 'grapheme' })

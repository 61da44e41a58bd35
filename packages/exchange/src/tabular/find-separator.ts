export type Separator = ',' | ';' | '\t'

/** The order decides when a line holds as many of each: Swedish spreadsheets write semicolons. */
const separators: readonly Separator[] = [';', '\t', ',']

/**
 * The separator of a table: what the spreadsheet declares (`sep=;`), else what stands most often outside
 * quotes on the first line that is no remark.
 */
export function findSeparator(head: string): { separator: Separator; skip: number } {
  const declared = /^"?sep=([,;\t])"?\r?\n?/i.exec(head)
  const named = separators.find((separator) => separator === declared?.[1])
  if (declared && named) return { separator: named, skip: declared[0].length }
  const line = head.split(/\r\n|\n|\r/).find((text) => text.trim() !== '' && !isRemark(text)) ?? ''
  const unquoted = line.replace(/"(?:[^"]|"")*"/g, '')
  const counted = separators.map((separator) => unquoted.split(separator).length - 1)
  const most = counted.indexOf(Math.max(...counted))
  return { separator: separators[most] ?? ';', skip: 0 }
}

/** Our templates begin with remarks: instructions to people, in rows that start with a number sign. */
export const isRemark = (text: string): boolean => /^\s*"?\s*#/.test(text)

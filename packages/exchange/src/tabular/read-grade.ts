import type { GradingScheme } from '@mikromerit/credentials'

/** The grade of the scale that a cell means: `vg` is VG, `4,5` is 4.5. What is none stays for the rules to report. */
export function readGrade(text: string, scheme: GradingScheme | undefined): string {
  const values = scheme?.values ?? []
  if (values.includes(text)) return text
  const wanted = simplify(text)
  const meant = values.filter((value) => simplify(value) === wanted)
  return meant.length === 1 && meant[0] !== undefined ? meant[0] : text
}

const simplify = (grade: string): string => grade.toLowerCase().replace(',', '.')

import { type CodeList, euList } from './code-list.ts'

export const eqfLevels = euList('eqf', { sv: 'EQF-nivå', en: 'EQF level' }, 'closed', [
  ['1', '1', 'Level 1', 'Nivå 1'],
  ['2', '2', 'Level 2', 'Nivå 2'],
  ['3', '3', 'Level 3', 'Nivå 3'],
  ['4', '4', 'Level 4', 'Nivå 4'],
  ['5', '5', 'Level 5', 'Nivå 5'],
  ['6', '6', 'Level 6', 'Nivå 6'],
  ['7', '7', 'Level 7', 'Nivå 7'],
  ['8', '8', 'Level 8', 'Nivå 8'],
])

/** Part of the European list of national levels. */
export const seqfLevels = euList('qdr', { sv: 'SeQF-nivå', en: 'SeQF level' }, 'closed', [
  ['c_20b8cbc9', '1', 'SeQF Level 1', 'SeQF nivå 1'],
  ['c_e1f75f79', '2', 'SeQF Level 2', 'SeQF nivå 2'],
  ['c_4ec9e6c0', '3', 'SeQF Level 3', 'SeQF nivå 3'],
  ['c_6477e349', '4', 'SeQF Level 4', 'SeQF nivå 4'],
  ['c_b44f7367', '5', 'SeQF Level 5', 'SeQF nivå 5'],
  ['c_185bb246', '6', 'SeQF Level 6', 'SeQF nivå 6'],
  ['c_1ab773a2', '7', 'SeQF Level 7', 'SeQF nivå 7'],
  ['c_055b6cf8', '8', 'SeQF Level 8', 'SeQF nivå 8'],
])

/** The list of levels of a framework we know: EQF and SeQF. */
export function findLevelList(framework: string): CodeList | undefined {
  const name = framework.toLowerCase()
  if (name === 'eqf') return eqfLevels
  return name === 'seqf' ? seqfLevels : undefined
}

import { findConcept } from '../code-lists/code-list.ts'
import { findLevelList } from '../code-lists/levels.ts'
import type { AchievementDraft } from './achievement.ts'
import type { Finding } from './finding.ts'
import { finding } from './finding-messages.ts'
import type { Level } from './learning.ts'

/** EQF level of each cycle of higher education (QF-EHEA). */
const cycleLevels = { short: 5, first: 6, second: 7, third: 8 } as const

/** Rules on levels (element 8): a level is a claim that somebody must stand for. */
export function checkLevels({ levels = [], cycle, setting }: AchievementDraft): Finding[] {
  const findings = levels.flatMap((level, index) => checkLevel(level, index))
  const find = (framework: string) =>
    levels.find((level) => level.framework.toLowerCase() === framework)?.level
  const [eqf, seqf] = [find('eqf'), find('seqf')]
  if (eqf !== undefined && seqf !== undefined && eqf !== seqf)
    findings.push(finding('LEVEL_FRAMEWORKS_DISAGREE', 'levels'))
  if (cycle && eqf !== undefined && cycleLevels[cycle] !== eqf)
    findings.push(finding('CYCLE_LEVEL_MISMATCH', 'cycle'))
  if (levels.length === 0 && setting === 'formal') findings.push(finding('LEVEL_MISSING', 'levels'))
  return findings
}

function checkLevel({ framework, level, uri, basis, reference }: Level, index: number): Finding[] {
  const findings: Finding[] = []
  const list = findLevelList(framework)
  if (list && !findConcept(list, String(level)))
    findings.push(finding('LEVEL_OUT_OF_RANGE', 'levels', index, 'level'))
  const expected = list && findConcept(list, String(level))?.uri
  if (expected && uri !== undefined && uri !== expected)
    findings.push(finding('CODE_UNKNOWN', 'levels', index, 'uri'))
  if (!list && uri === undefined)
    findings.push(finding('LEVEL_FRAMEWORK_UNKNOWN', 'levels', index, 'framework'))
  if (!basis || (basis === 'decided' && !reference))
    findings.push(finding('LEVEL_BASIS_MISSING', 'levels', index))
  return findings
}

import {
  normaliseAchievement,
  normaliseAward,
  normaliseOrganisation,
} from '@mikromerit/credentials'
import { writeCsvRow, writeElmo } from '@mikromerit/exchange'
import type { Scenario } from './scenario.ts'

const givenNames = [
  'Alva',
  'Bo',
  'Cecilia',
  'David',
  'Elsa',
  'Farid',
  'Greta',
  'Hassan',
  'Iris',
  'Jon',
]
const familyNames = ['Björk', 'Dal', 'Ek', 'Fors', 'Gran', 'Hed', 'Is', 'Lind', 'Mo', 'Nääs']

/** A table as a course register would export it: so many learners of one course, each with a reference. */
export function writeLearnerTable(scenario: Scenario, learners: number, run: string): string {
  const header = ['Efternamn', 'Förnamn', 'Tilldelad', 'Betyg', 'Referens']
  const rows = Array.from({ length: learners }, (_, at) => [
    `${familyNames[Math.floor(at / 10) % 10]}-${Math.floor(at / 100)}`,
    givenNames[at % 10] ?? '',
    scenario.award.awardedOn,
    at % 3 === 0 ? 'VG' : 'G',
    `${run}-${at}`,
  ])
  return [header, ...rows].map((row) => writeCsvRow(row)).join('')
}

/** A result as another system sends it: ELMO 1.7, the EMREX format. */
export function writeResult(scenario: Scenario, id: string, now: Date): string {
  const { organisation, achievement, learner, award } = scenario
  const content = normaliseAchievement(achievement)
  const draft = { ...award, achievementId: achievement.id, learner }
  const record = {
    organisation: normaliseOrganisation(organisation),
    achievement: { ...content, id: achievement.id, version: 1 },
    award: { ...normaliseAward(draft, content), id },
  }
  return writeElmo({ learner, records: [record], generatedAt: now }).xml
}

import type { AchievementDraft } from '@mikromerit/credentials'
import { companyCourse } from './company-course.ts'
import { secondCourse } from './second-course.ts'
import { universityCourse } from './university-course.ts'

export type Whole = AchievementDraft & { readonly id: string }

/** A micro-credential that is made of three others, from two providers. */
export function wholeOf(today: string, issuerUrl: string): Whole {
  const [first, second, safety] = [
    universityCourse(today),
    secondCourse(today),
    companyCourse(today),
  ]
  const part = ({ organisation, achievement }: typeof first) => ({
    achievement: `${issuerUrl}/${organisation.id}/achievements/${achievement.id}`,
  })
  return {
    ...first.achievement,
    id: '019a0000-0000-7000-8000-000000000005',
    title: { sv: 'Industriell AI i praktiken', en: 'Industrial AI in practice' },
    description: {
      sv: 'En helhet av två högskolekurser och en säkerhetsutbildning hos ett företag.',
      en: 'A whole made of two university courses and a company’s safety training.',
    },
    learningOutcomes: [first, second, safety].flatMap(({ achievement }, at) =>
      achievement.learningOutcomes.map((outcome, index) => ({
        ...outcome,
        id: `part-${at + 1}-${index + 1}`,
      })),
    ),
    workload: { hours: 304, credits: [{ framework: 'ects', value: 10.5 }] },
    stacking: { kind: 'stand_alone' },
    stackingRules: {
      rule: { all: [part(first), part(second), part(safety)] },
      constraints: { distinctAwardingBodies: 2 },
    },
  }
}

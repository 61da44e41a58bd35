import { daysBefore, type Scenario } from '../scenario.ts'
import { universityCourse } from './university-course.ts'

/** A shorter course of the same university, which goes with the first into a whole. */
export const secondCourse = (today: string): Scenario => {
  const { learner, holder, organisation, achievement, question } = universityCourse(today)
  return {
    heading: 'A second university course',
    organisation,
    achievement: {
      ...achievement,
      id: '019a0000-0000-7000-8000-000000000004',
      title: { sv: 'Energidata i produktion', en: 'Energy data in production' },
      description: {
        sv: 'Kort kurs på avancerad nivå om att mäta, samla och tolka energidata från en fabrik.',
        en: 'Short second-cycle course on measuring, collecting and reading the energy data of a factory.',
      },
      learningOutcomes: [
        {
          id: 'lo-1',
          title: {
            sv: 'kan planera en mätning av energianvändningen i en fabrik',
            en: 'can plan a measurement of the energy use of a factory',
          },
          type: 'skill',
          reuseLevel: 'sector-specific',
        },
      ],
      workload: { hours: 80, credits: [{ framework: 'ects', value: 3 }] },
    },
    learner,
    holder,
    award: {
      awardedOn: daysBefore(today, 4),
      result: { grade: 'G', scheme: 'UGVG' },
      activity: { start: daysBefore(today, 40), end: daysBefore(today, 8) },
    },
    txCode: false,
    question,
  }
}

import { findConcept } from '../../code-lists/code-list.ts'
import { creditFrameworks } from '../../code-lists/credits.ts'
import type { AwardRecord } from '../../domain/award.ts'
import { type Loss, loss } from '../loss.ts'
import {
  beyondFirst,
  findMergedLanguage,
  findMissing,
  findUncarried,
  toLosses,
} from './common-losses.ts'
import { findAssuranceDetails, present } from './detail-losses.ts'
import { findLanguageLosses, type Speaker } from './speaker.ts'

/** MC-IR-01: what must be there, as far as an award can lack it. */
const demands = {
  givenName: '/award/learner/givenName',
  notionalWorkload: '/achievement/workload',
  typeOfAssessment: '/achievement/assessment/types',
  formOfParticipation: '/achievement/participation/modes',
  qualityAssurance: '/achievement/qualityAssurance',
} as const

/** What `VerifiableMicroCredential` leaves out of this record, given the claims made of it. */
export const findMicroCredentialLosses = (
  record: AwardRecord,
  claims: Readonly<Record<string, unknown>>,
  speaker: Speaker,
): Loss[] => [
  ...findMissing(claims, demands),
  ...findLanguageLosses(record, speaker),
  ...findMergedLanguage(record),
  ...(record.achievement.stacking?.kind === 'integrated'
    ? [loss('LOSS_MERGED', '/achievement/stacking/kind', 'stackable')]
    : []),
  ...toLosses([...findUncarriedCourse(record), ...findUncarried(record)]),
]

function findUncarriedCourse({ achievement, award }: AwardRecord): string[] {
  const { levels = [], stacking, partOf, fields, qualityAssurance } = achievement
  const eqf = levels.filter(({ framework }) => framework === 'EQF')
  const others = levels.filter(({ framework }) => framework !== 'EQF')
  const carried = [eqf[0], others[0]]
  const towards = stacking?.towards ?? []
  return [
    ...findUncarriedWorkload(achievement),
    ...levels.flatMap((level, at) => {
      if (!carried.includes(level)) return [`/achievement/levels/${at}`]
      return present(`/achievement/levels/${at}`, level, ['basis', 'reference'])
    }),
    ...beyondFirst('/achievement/stacking/towards', towards),
    ...(towards[0]?.uri ? ['/achievement/stacking/towards/0/uri'] : []),
    ...(partOf && towards.length > 0
      ? ['/achievement/partOf']
      : [
          ...beyondFirst('/achievement/partOf', partOf),
          ...present('/achievement/partOf/0', partOf?.[0], ['uri', 'isPartialQualification']),
        ]),
    ...beyondFirst('/achievement/fields', fields),
    ...beyondFirst('/achievement/qualityAssurance', qualityAssurance),
    ...qualityAssurance
      .slice(0, 1)
      .flatMap((told) => findAssuranceDetails('/achievement/qualityAssurance/0', told)),
    ...(award.assessments ?? []).flatMap((one, at) =>
      present(`/award/assessments/${at}`, one, ['assessedBy', 'assessedOn']),
    ),
    ...present('/award', award, ['evidence', 'proficiency']),
  ]
}

/** One amount in one unit: hours beside ECTS have no place, nor have other credits. */
function findUncarriedWorkload({ workload }: AwardRecord['achievement']): string[] {
  const credits = workload?.credits ?? []
  const isEcts = ({ framework }: { framework: string }) =>
    findConcept(creditFrameworks, framework)?.code === 'ects'
  const told = credits.findIndex(isEcts)
  return [
    ...(workload?.hours !== undefined && told !== -1 ? ['/achievement/workload/hours'] : []),
    ...credits.flatMap((_, at) => (at === told ? [] : [`/achievement/workload/credits/${at}`])),
  ]
}

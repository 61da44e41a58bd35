import type {
  ElmoDocument,
  ElmoLearner,
  ElmoOpportunity,
  ElmoRecognition,
  ElmoReport,
} from '../elmo.ts'

/** One thing a learner achieved, with what the file says around it. */
export interface ElmoEntry {
  readonly learner: ElmoLearner
  readonly report: ElmoReport
  readonly opportunity: ElmoOpportunity
  /** The decision that recognised it, in ELMO 2. */
  readonly recognition?: ElmoRecognition
  /** The whole that this is a part of, from the outermost in. */
  readonly within: readonly ElmoOpportunity[]
}

/**
 * Everything in a file that was passed, wholes before their parts. What was failed or goes on is not listed, nor what a
 * decision refused to recognise.
 */
export const listEntries = ({ learner, reports }: ElmoDocument): ElmoEntry[] =>
  reports.flatMap((report) => {
    const around = { learner, report }
    const recognised = report.recognitions.filter(({ status }) => status !== 'Negative')
    return [
      ...report.opportunities.flatMap((opportunity) =>
        walk({ ...around, opportunity, within: [] }),
      ),
      ...recognised.flatMap((recognition) =>
        recognition.results.flatMap((opportunity) =>
          walk({ ...around, opportunity, recognition, within: [] }),
        ),
      ),
    ]
  })

function walk(entry: ElmoEntry): ElmoEntry[] {
  const { opportunity, within } = entry
  const parts = opportunity.parts.flatMap((part) =>
    walk({ ...entry, opportunity: part, within: [...within, opportunity] }),
  )
  return opportunity.status === 'passed' ? [entry, ...parts] : parts
}

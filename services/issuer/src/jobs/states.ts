/** What a job does. */
export const jobKinds = ['import', 'offers', 'status', 'reissue', 'signing'] as const
export type JobKind = (typeof jobKinds)[number]

/** `refused`: the file holds errors and nothing was recorded. `failed`: a fault of ours; what was done stands. */
export const jobStates = [
  'receiving',
  'queued',
  'running',
  'completed',
  'refused',
  'failed',
] as const
export type JobState = (typeof jobStates)[number]

/** What became of one row of a file, or of one award. */
export const rowOutcomes = ['accepted', 'done', 'unchanged', 'refused'] as const
export type RowOutcome = (typeof rowOutcomes)[number]

const lasting: ReadonlySet<JobState> = new Set(['completed', 'refused', 'failed'])

export const isFinished = (state: JobState): boolean => lasting.has(state)

/** Formats in which a job signs copies that are bound to nobody's key. */
export const copyFormats = ['sd_jwt_vc', 'elm', 'open_badge'] as const
export type CopyFormat = (typeof copyFormats)[number]

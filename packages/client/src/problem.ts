/** What a service answers when it refuses (RFC 9457). */
export interface ProblemDetails {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly instance?: string
  readonly remedy?: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

/** A refusal as an exception. Its message holds what the service said, and nothing that was sent. */
export class ProblemError extends Error {
  readonly status: number
  readonly problem: ProblemDetails | undefined

  constructor(status: number, problem: ProblemDetails | undefined) {
    const faults = problem?.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`) ?? []
    const parts = [
      problem?.title ?? 'The service refused',
      problem?.detail,
      problem?.remedy,
      ...faults,
    ]
    super(`${parts.filter(Boolean).join(' · ')} (HTTP ${status})`)
    this.name = 'ProblemError'
    this.status = status
    this.problem = problem
  }
}

/**
 * The answer's data, when the call succeeded.
 * @throws ProblemError with the service's problem details, when it did not.
 */
export async function expectData<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Exclude<Data, undefined>> {
  const { data, error, response } = await call
  if (!response.ok) throw new ProblemError(response.status, isProblem(error) ? error : undefined)
  return data as Exclude<Data, undefined>
}

/**
 * What was stored, of a call that with `dryRun` would only have tried to.
 * @throws ProblemError with the service's problem details, when it did not succeed.
 */
export async function expectStored<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Extract<Data, { id: string }>> {
  const data: unknown = await expectData(call)
  const isStored = typeof data === 'object' && data !== null && 'id' in data
  if (!isStored) throw new TypeError('A dry run stores nothing.')
  // It has an id, which only what is stored has.
  return data as Extract<Data, { id: string }>
}

const isProblem = (value: unknown): value is ProblemDetails =>
  typeof value === 'object' && value !== null && 'title' in value && 'status' in value

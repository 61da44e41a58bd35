import { setTimeout } from 'node:timers/promises'
import type { Job, JobRow } from '../src/jobs/schemas.ts'
import { aToken, type TestIssuer } from './support.ts'

export const csvHeader = 'Efternamn;Förnamn;Tilldelad;Betyg;Referens'

let counter = 0
/** A number in letters: names hold no digits. */
const inLetters = (number: number) =>
  String(number).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')

export interface RowParts {
  readonly name?: string
  readonly given?: string
  readonly day?: string
  readonly grade?: string
  readonly reference?: string
}

/** A row of a CSV file, right in everything that is not told, with a reference of its own. */
export const aCsvRow = ({
  name = 'Exempelsson',
  given = `Alva${inLetters(++counter)}`,
  day = '2026-06-05',
  grade = 'G',
  reference = `rad-${counter}`,
}: RowParts = {}) => [name, given, day, grade, reference].join(';')

export const aCsvFile = (...rows: readonly string[]) => [csvHeader, ...rows, ''].join('\r\n')

type Sender = Pick<TestIssuer, 'app' | 'as'>

export interface SendOptions {
  readonly query?: Readonly<Record<string, string>>
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly organisation?: string
}

/** Sends a file as it is. */
export async function sendFile(
  { app }: Pick<TestIssuer, 'app'>,
  file: string | Buffer,
  { query = {}, type = 'text/csv', headers = {}, organisation = 'ri-se' }: SendOptions = {},
) {
  const token = await aToken('awards:write', organisation)
  return app.inject({
    method: 'POST',
    url: `/v1/organisations/${organisation}/imports?${new URLSearchParams(query)}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': type, ...headers },
    payload: file,
  })
}

/** Waits until a job has ended. */
export async function jobEnded(issuer: Pick<TestIssuer, 'as'>, id: string): Promise<Job> {
  for (;;) {
    const job: Job = (await issuer.as('ri-se', 'awards:read').get(`/jobs/${id}`)).json()
    if (job.finishedAt) return job
    await setTimeout(30)
  }
}

export const rowsOf = async (
  issuer: Pick<TestIssuer, 'as'>,
  id: string,
  query = '',
): Promise<JobRow[]> =>
  (await issuer.as('ri-se', 'awards:read').get(`/jobs/${id}/rows?limit=100${query}`)).json().items

/** Imports a file and waits for what becomes of it. */
export async function importFile(issuer: Sender, file: string | Buffer, options?: SendOptions) {
  const response = await sendFile(issuer, file, options)
  if (response.statusCode !== 202) throw new Error(`Not imported: ${response.body}`)
  const job = await jobEnded(issuer, response.json().id)
  return { job, rows: await rowsOf(issuer, job.id) }
}

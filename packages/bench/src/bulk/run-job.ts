import { setTimeout as pause } from 'node:timers/promises'
import { isObject } from '@mikromerit/credentials'
import type { AwardingOrganisation } from '../issuance/organisation.ts'
import { openConnection, readJson, readText } from '../load/connection.ts'

const pollMilliseconds = 100

export interface FinishedJob {
  readonly id: string
  /** From sending to the end of the job. */
  readonly seconds: number
}

interface JobRequest {
  /** Below the organisation's address. */
  readonly path: string
  readonly contentType: string
  readonly body: string
  /** Rows or awards that must succeed. */
  readonly expected: number
}

/** Queues a job and waits for its end. @throws Error when it is refused, or anything in it is */
export async function runJob(
  organisation: AwardingOrganisation,
  { path, contentType, body, expected }: JobRequest,
): Promise<FinishedJob> {
  const begin = performance.now()
  const { issuerUrl, awardsPath, accessToken } = organisation
  const root = awardsPath.replace(/\/awards$/, '')
  const headers = { authorization: `Bearer ${accessToken}` }
  const answer = await fetch(`${issuerUrl}${root}${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': contentType },
    body,
  })
  const queued: unknown = await answer.json()
  if (answer.status !== 202 || !isObject(queued)) throw new Error('A job was refused.')
  const id = readText(queued, 'id')
  const connection = openConnection(issuerUrl)
  try {
    for (;;) {
      const sent = await connection.send({ method: 'GET', path: `${root}/jobs/${id}`, headers })
      const { finishedAt, progress } = readJson(sent, 200, 'Reading the job')
      if (finishedAt === undefined) await pause(pollMilliseconds)
      else if (isObject(progress) && progress.succeeded === expected) break
      else throw new Error('Not all that a job was to do was done.')
    }
  } finally {
    await connection.close()
  }
  return { id, seconds: (performance.now() - begin) / 1_000 }
}

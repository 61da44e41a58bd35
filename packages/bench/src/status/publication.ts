import { isObject, lookUpStatus, parseJws, parseStatusListToken } from '@mikromerit/credentials'
import { type IssuedCredential, openIssuanceFlow } from '../issuance/flow.ts'
import { type AwardingOrganisation, openOrganisation } from '../issuance/organisation.ts'
import { type Connection, openConnection, readJson, readText } from '../load/connection.ts'
import { median } from '../measuring/statistics.ts'
import { asMilliseconds } from '../report/figures.ts'
import type { Row } from '../report/row.ts'
import type { Workbench } from '../services/workbench.ts'

export interface PublicationPlan {
  /** Credentials revoked before: an empty list would be packed in no time. */
  readonly revokedBefore: number
  readonly repetitions: number
}

const sideBySide = 16
const revoked = 1

/** From the moment a register asks for a revocation to the moment the published list shows it. */
export async function measurePublication(
  bench: Workbench,
  { revokedBefore, repetitions }: PublicationPlan,
): Promise<Row> {
  const organisation = await openOrganisation(bench, 'exempelhogskolan')
  const issued = await issueMany(organisation, revokedBefore + repetitions)
  const connection = openConnection(organisation.issuerUrl)
  try {
    await revokeMany(organisation, issued.slice(repetitions))
    const times: number[] = []
    for (const credential of issued.slice(0, repetitions))
      times.push(await timeRevocation(connection, organisation, credential))
    const time = median(times)
    return {
      what: 'revocation to published list of 1 M',
      figure: asMilliseconds(time),
      comparedWith: `slowest of ${repetitions}: ${asMilliseconds(Math.max(...times))}`,
      ratio: '',
      target: '< 1 s',
      isMet: Math.max(...times) < 1_000,
    }
  } finally {
    await connection.close()
  }
}

async function timeRevocation(
  connection: Connection,
  organisation: AwardingOrganisation,
  issued: IssuedCredential,
): Promise<number> {
  const { path, idx } = readStatusReference(issued.credential)
  const before = performance.now()
  await revoke(connection, organisation, issued.awardId)
  const { status, body } = await connection.send({ method: 'GET', path, headers: {} })
  const after = performance.now()
  const list = parseStatusListToken(body)
  const entry = list.ok ? lookUpStatus(list.value, idx) : list
  if (status !== 200 || !entry.ok || entry.value !== revoked)
    throw new Error('The published list does not show the revocation.')
  return after - before
}

function readStatusReference(credential: string): { path: string; idx: number } {
  const jws = parseJws(credential.slice(0, credential.indexOf('~')))
  const status = jws.ok && isObject(jws.value.payload.status) ? jws.value.payload.status : {}
  const reference = isObject(status.status_list) ? status.status_list : {}
  if (typeof reference.idx !== 'number') throw new Error('The credential has no status.')
  return { path: new URL(readText(reference, 'uri')).pathname, idx: reference.idx }
}

async function revoke(
  connection: Connection,
  { awardsPath, accessToken }: AwardingOrganisation,
  awardId: string,
): Promise<void> {
  const answer = await connection.send({
    method: 'POST',
    path: `${awardsPath}/${awardId}/status`,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ status: 'revoked', reason: 'Mätning' }),
  })
  readJson(answer, 200, 'Revoking')
}

async function issueMany(organisation: AwardingOrganisation, count: number) {
  const issued: IssuedCredential[] = []
  let begun = 0
  await runSideBySide(async () => {
    const flow = openIssuanceFlow(organisation)
    try {
      while (begun++ < count) issued.push(await flow.run())
    } finally {
      await flow.close()
    }
  })
  return issued
}

async function revokeMany(organisation: AwardingOrganisation, issued: readonly IssuedCredential[]) {
  const waiting = issued.values()
  await runSideBySide(async () => {
    const connection = openConnection(organisation.issuerUrl)
    try {
      for (const { awardId } of waiting) await revoke(connection, organisation, awardId)
    } finally {
      await connection.close()
    }
  })
}

const runSideBySide = (work: () => Promise<void>) =>
  Promise.all(Array.from({ length: sideBySide }, work))

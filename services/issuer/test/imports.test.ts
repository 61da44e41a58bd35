import { newId } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aWorkbook } from '../../../packages/exchange/test/workbooks.ts'
import { expectProblem, unchanged } from './expectations.ts'
import {
  aCsvFile,
  aCsvRow,
  importFile,
  jobEnded,
  rowsOf,
  type SendOptions,
  sendFile,
} from './import-files.ts'
import { anAchievement, anAwardDraft, issuerUrl, startIssuer, type TestIssuer } from './support.ts'

let issuer: TestIssuer
let achievementId: string
beforeAll(async () => {
  issuer = await startIssuer({
    organisations: ['ri-se', 'other'],
    config: { IMPORT_MAX_BYTES: 100_000 },
  })
  const identifiers = [{ scheme: 'kurskod', value: 'MM101' }]
  achievementId = (await issuer.given(anAchievement({ identifiers }))).id
})
afterAll(() => issuer.close())

const reader = () => issuer.as('ri-se', 'awards:read')
const withDefinition = ({ query, ...options }: SendOptions = {}): SendOptions => ({
  query: { achievementId, ...query },
  ...options,
})
const send = (file: string | Buffer, options?: SendOptions) =>
  sendFile(issuer, file, withDefinition(options))
const run = (file: string | Buffer, options?: SendOptions) =>
  importFile(issuer, file, withDefinition(options))
const awardCount = () => issuer.count('awards')

describe('POST …/imports', () => {
  it('records an award for each row, and says which', async () => {
    const response = await send(aCsvFile(aCsvRow({ given: 'Alva', reference: 'ref-1' }), aCsvRow()))
    expect(response.statusCode).toBe(202)
    const { id } = response.json()
    expect(response.headers.location).toBe(`${issuerUrl}/v1/organisations/ri-se/jobs/${id}`)
    expect(await jobEnded(issuer, id)).toMatchObject({
      kind: 'import',
      state: 'completed',
      dryRun: false,
      progress: { total: 2, done: 2, succeeded: 2, unchanged: 0, refused: 0 },
      findings: [],
      createdBy: 'developer',
    })
    const [first, second] = await rowsOf(issuer, id)
    expect([first, second]).toMatchObject([
      { number: 2, outcome: 'done' },
      { number: 3, outcome: 'done' },
    ])
    expect((await reader().get(`/awards/${first?.awardId}`)).json()).toMatchObject({
      achievementId,
      learner: { familyName: 'Exempelsson', givenName: 'Alva' },
      sourceReference: 'ref-1',
      result: { grade: 'G', scheme: { id: 'UG' } },
      status: 'valid',
    })
  })

  it('records nothing in a dry run, and lists the rows that have something to say', async () => {
    const before = await awardCount()
    const file = aCsvFile(aCsvRow(), aCsvRow({ grade: 'Z' }))
    const { job, rows } = await run(file, { query: { dryRun: 'true' } })
    expect(job).toMatchObject({
      state: 'completed',
      dryRun: true,
      phase: 'checking',
      progress: { total: 2, succeeded: 1, refused: 1 },
    })
    expect(rows).toMatchObject([{ number: 3, outcome: 'refused' }])
    expect(await awardCount()).toBe(before)
  })

  it('records nothing of a file with an error, unless asked to skip it', async () => {
    const before = await awardCount()
    const file = aCsvFile(aCsvRow(), aCsvRow({ day: 'igår' }), aCsvRow())
    const refused = await run(file)
    expect(refused.job).toMatchObject({
      state: 'refused',
      progress: { succeeded: 2, refused: 1 },
    })
    expect(refused.rows).toMatchObject([
      { number: 3, outcome: 'refused', findings: [{ code: 'DATE_INVALID', row: 3, column: 3 }] },
    ])
    expect(await awardCount()).toBe(before)
    const skipped = await run(file, { query: { onErrors: 'skip' } })
    expect(skipped.job).toMatchObject({
      state: 'completed',
      progress: { total: 3, succeeded: 2, refused: 1 },
    })
    expect(skipped.rows.map(({ outcome }) => outcome)).toEqual(['done', 'refused', 'done'])
    expect(await awardCount()).toBe(before + 2)
  })

  it('does not record twice what comes twice, by its reference or word for word', async () => {
    const file = aCsvFile(
      aCsvRow({ reference: 'twice' }),
      aCsvRow({ name: 'Utanreferens', reference: '' }),
    )
    const first = await run(file)
    const before = await awardCount()
    const again = await run(file)
    expect(again.job.progress).toMatchObject({ unchanged: 2, succeeded: 0 })
    expect(again.rows.map(({ awardId }) => awardId)).toEqual(
      first.rows.map(({ awardId }) => awardId),
    )
    const clash = await run(aCsvFile(aCsvRow({ reference: 'twice', name: 'Annan' })))
    expect(clash.job.state).toBe('refused')
    expect(clash.rows).toMatchObject([
      { number: 2, findings: [{ code: 'REFERENCE_TAKEN', field: 'sourceReference', row: 2 }] },
    ])
    expect(await awardCount()).toBe(before)
  })

  it('takes JSON, an XLSX workbook and a form with the file in it', async () => {
    const drafts = [anAwardDraft({ achievementId, sourceReference: 'json-1' })]
    const json = await run(JSON.stringify(drafts), { type: 'application/json' })
    expect(json.job.progress.succeeded).toBe(1)
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
    const row = (...texts: string[]) => `<row>${texts.map(cell).join('')}</row>`
    const rows = row('Family name', 'Awarded on', 'Grade') + row('Exempelsson', '2026-06-05', 'G')
    const workbook = await run(aWorkbook({ rows }), { type: 'application/octet-stream' })
    expect(workbook.job.progress.succeeded).toBe(1)
    const form = [
      '--x',
      'content-disposition: form-data; name="file"; filename="kurs.csv"',
      'content-type: application/vnd.ms-excel',
      '',
      aCsvFile(aCsvRow()),
      '--x--',
      '',
    ].join('\r\n')
    const posted = await run(form, { type: 'multipart/form-data; boundary=x' })
    expect(posted.job.progress.succeeded).toBe(1)
  })

  it('finds definitions by their id, their address and the register’s code', async () => {
    const address = `${issuerUrl}/ri-se/achievements/${achievementId}`
    const file = ['Efternamn;Tilldelad;Betyg;Kurskod']
    for (const [index, code] of [achievementId, address, 'MM101', 'okänd'].entries())
      file.push(`Kod${'abcd'[index]};2026-06-05;G;${code}`)
    const { rows } = await importFile(issuer, file.join('\n'), { query: { onErrors: 'skip' } })
    expect(rows.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'refused'])
    expect(rows[3]?.findings).toMatchObject([{ code: 'ACHIEVEMENT_UNKNOWN', row: 5, column: 4 }])
  })

  it('answers the same request again with its job, and keeps no second file', async () => {
    const file = aCsvFile(aCsvRow())
    const headers = { 'idempotency-key': newId() }
    const first = await send(file, { headers })
    const again = await send(file, { headers })
    expect(again.json().id).toBe(first.json().id)
    await jobEnded(issuer, first.json().id)
    expectProblem(await send(aCsvFile(aCsvRow()), { headers }), 422, 'idempotency-key-reused')
    expect(await issuer.count('job_files')).toBe(0)
    expect(await issuer.count('job_queue')).toBe(0)
  })

  it('refuses an idempotency key that came with another file, and keeps nothing of it', async () => {
    const headers = { 'idempotency-key': newId() }
    const first = await send(aCsvFile(aCsvRow({ reference: 'key-1' })), { headers })
    await jobEnded(issuer, first.json().id)
    await unchanged(issuer, async () => {
      const other = await send(aCsvFile(aCsvRow({ reference: 'key-2' })), { headers })
      expectProblem(other, 422, 'idempotency-key-reused')
    })
  })

  it('keeps what stands in a file sealed, and deletes the file when the job has ended', async () => {
    const { job } = await run(aCsvFile(aCsvRow({ name: 'Planteradsson', grade: 'Z' })))
    expect(JSON.stringify(await issuer.snapshot())).not.toMatch(/Planteradsson/)
    expect(issuer.logs.join()).not.toMatch(/Planteradsson/)
    expect(await issuer.count('job_files')).toBe(0)
    issuer.clock.advance(31 * 24 * 3_600)
    await issuer.purge()
    expectProblem(await reader().get(`/jobs/${job.id}`), 404, 'job-not-found')
    expect(await issuer.count('job_rows')).toBe(0)
  })

  it('refuses what is too large, empty, or of no definition of one’s own, and keeps nothing of it', async () => {
    const large = aCsvFile(aCsvRow({ name: 'x'.repeat(100_001) }))
    const other = (await issuer.given(anAchievement({ organisation: 'other' }))).id
    const attempts = [
      [() => send(large), 413, 'import-too-large'],
      [() => send(''), 400, 'import-empty'],
      [() => send('x', { query: { achievementId: newId() } }), 404, 'achievement-not-found'],
      [() => send('x', { query: { achievementId: other } }), 403, 'not-delegated'],
      [() => send('x', { query: { onErrors: 'ignore' } }), 400, 'validation-failed'],
    ] as const
    for (const [attempt, status, code] of attempts)
      expectProblem(await unchanged(issuer, attempt), status, code)
  })
})

describe('GET …/jobs/{job}', () => {
  it('pages its rows by cursor, and by outcome', async () => {
    const { job } = await run(aCsvFile(aCsvRow(), aCsvRow({ grade: 'Z' }), aCsvRow()), {
      query: { onErrors: 'skip' },
    })
    const page = (await reader().get(`/jobs/${job.id}/rows?limit=2`)).json()
    expect(page.items.map(({ number }: { number: number }) => number)).toEqual([2, 3])
    const rest = await reader().get(`/jobs/${job.id}/rows?limit=2&cursor=${page.nextCursor}`)
    expect(rest.json()).toMatchObject({ items: [{ number: 4 }] })
    expect(rest.json().nextCursor).toBeUndefined()
    expect(await rowsOf(issuer, job.id, '&outcome=refused')).toMatchObject([{ number: 3 }])
    const listed = (await reader().get('/jobs?kind=import&limit=1')).json()
    expect(listed.items).toMatchObject([{ id: job.id }])
  })

  it('tells its progress as server-sent events, up to its end', async () => {
    const { id } = (await send(aCsvFile(aCsvRow()))).json()
    const response = await reader().get(`/jobs/${id}/events`)
    expect(response.headers['content-type']).toContain('text/event-stream')
    const events = response.body.trim().split('\n\n')
    expect(events.at(-1)).toMatch(/^event: finished\ndata: \{.*"state":"completed"/)
  })

  it('gives the refused rows back as a file that can be corrected and sent again', async () => {
    const formula = `'=cmd|x!A1`
    const { job } = await run(
      aCsvFile(aCsvRow({ given: formula, grade: 'Z', reference: 'mend-1' })),
    )
    const response = await reader().get(`/jobs/${job.id}/error-file?language=en`)
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(response.body).toContain('[GRADE_NOT_IN_SCHEME]')
    // S-31: nothing that a spreadsheet would take for a formula.
    expect(response.body).not.toMatch(/(^|;|")[=+@-]/m)
    const mended = await run(response.body.replace(';Z;', ';G;'))
    expect(mended.job).toMatchObject({ state: 'completed', progress: { succeeded: 1 } })
  })

  it('is another organisation’s business', async () => {
    const { job } = await run(aCsvFile(aCsvRow()))
    const other = issuer.as('other', 'awards:write')
    for (const path of ['', '/rows', '/events', '/error-file'])
      expectProblem(await other.get(`/jobs/${job.id}${path}`), 404, 'job-not-found')
    expect((await other.get('/jobs')).json()).toEqual({ items: [] })
    const seen = await issuer.inOrganisation('other', (query) =>
      query('SELECT count(*)::int AS found FROM jobs, job_rows'),
    )
    expect(seen).toEqual([{ found: 0 }])
  })
})

describe('GET …/achievements/{achievement}/import-template', () => {
  it('is imported as it is when it is filled in', async () => {
    const path = `/achievements/${achievementId}/import-template`
    const template = await reader().get(`${path}?format=csv&language=sv`)
    expect(template.headers['content-disposition']).toContain(`${achievementId}-sv.csv`)
    const columns = template.body.trim().split('\r\n').at(-1)?.split(';') ?? []
    const values: Record<string, string> = {
      Efternamn: 'Mall',
      Tilldelad: '2026-06-05',
      Betyg: 'G',
    }
    const row = columns.map((column) => values[column.replace(' *', '')] ?? '').join(';')
    const { job } = await run(`${template.body}${row}\r\n`)
    expect(job.progress).toMatchObject({ succeeded: 1, refused: 0 })
    const workbook = await reader().get(`${path}?language=en`)
    expect(workbook.rawPayload.subarray(0, 2).toString()).toBe('PK')
    expect((await issuer.as('other', 'awards:read').get(path)).statusCode).toBe(403)
  })
})

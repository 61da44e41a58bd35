import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { runDemo } from '@mikromerit/cli'
import { expectData } from '@mikromerit/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stack, startStack } from './stack.ts'

const bin = join(import.meta.dirname, '../../../node_modules/.bin/mikromerit')

describe('the command line against running services', () => {
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack()
  })
  afterAll(() => stack?.close())

  /** Runs `mikromerit` as anyone does, knowing only where the services and their folder are. */
  const mikromerit = (...args: string[]) =>
    new Promise<{ code: number; output: string }>((resolve) => {
      const { issuer, wallet, verifier } = stack.services.urls
      const env = {
        PATH: process.env.PATH ?? '',
        DATA_DIR: stack.dataDir,
        ISSUER_URL: issuer,
        WALLET_URL: wallet,
        VERIFIER_URL: verifier,
      }
      execFile(bin, args, { env }, (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0
        resolve({ code, output: `${stdout}${stderr}` })
      })
    })

  it('demo shows three valid reports, and what revoked, suspended and unreachable look like', async () => {
    const lines: string[] = []
    const exitCode = await runDemo({
      urls: stack.services.urls,
      dataDir: stack.dataDir,
      whileIssuerIsDown: (work) => stack.services.whileDown('issuer', work),
      print: (line) => lines.push(line),
    })
    const told = lines.join('\n')

    expect(told).toContain('✓ Everything was as expected.')
    expect(exitCode).toBe(0)
    // Three scenarios, the one that was reinstated, and one award in three formats.
    expect(told.match(/✓ valid: /g)).toHaveLength(7)
    expect(told.match(/✗ Status: /g)).toHaveLength(2)
    expect(told.match(/\? undetermined: /g)).toHaveLength(1)
    // The learner of the first scenario was not asked for a name.
    expect(told.match(/withheld .*/g)).toHaveLength(3)
    expect(told).toMatch(/learner {5}Leo Testgren/)
    expect(told).not.toMatch(/learner {5}Alva/)
  })

  it('demo works again on the same data, and says what it cannot show from outside', async () => {
    const { code, output } = await mikromerit('demo')
    expect(output).toContain('is there already')
    expect(output).toMatch(/skipped: this command did not start the issuer/)
    expect(output).toContain('✓ Everything was as expected.')
    expect(code).toBe(0)
  })

  it('doctor finds no fault, and looks at every organisation’s keys', async () => {
    const { code, output } = await mikromerit('doctor')
    expect(output).toMatch(/\d+ checks: 0 faults/)
    for (const organisation of ['exempeluniversitetet', 'exempelverken']) {
      expect(output).toMatch(new RegExp(`✓ ${organisation}: key \\S+: the certificate holds`))
    }
    expect(output).toMatch(/✓ database: ready/)
    expect(code).toBe(0)
  })

  it('demo fails when a report is not what it should be', async () => {
    const identifier = `${stack.services.urls.issuer}/exempeluniversitetet`
    const name = 'Exempeluniversitetet'
    const verifier = await stack.verifier()
    await expectData(
      verifier.PUT('/v1/trust/issuers/{id}', {
        params: { path: { id: 'exempeluniversitetet' } },
        body: {
          identifier,
          legalName: { sv: name, en: name },
          since: '2020-01-01T00:00:00Z',
          until: '2021-01-01T00:00:00Z',
        },
      }),
    )
    const { code, output } = await mikromerit('demo')
    expect(output).toContain('✗ expected a valid report')
    expect(output).toMatch(/✗ \d+ expectations were not met/)
    expect(code).toBe(1)
  })
})

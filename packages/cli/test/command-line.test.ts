import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccessTokenVerifier, systemClock } from '@mikromerit/service-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from './run-command-line.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mikromerit-cli-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const nowhere = {
  ISSUER_URL: 'http://localhost:2',
  WALLET_URL: 'http://localhost:2',
  VERIFIER_URL: 'http://localhost:2',
}

describe('mikromerit', () => {
  it('explains itself when asked, and names every command', async () => {
    const { code, stdout } = await runCommandLine(['--help'])
    expect(code).toBe(0)
    for (const name of ['token', 'demo', 'migrate', 'doctor', 'verify']) {
      expect(stdout).toContain(`mikromerit ${name}`)
    }
  })

  it('refuses a command it does not have', async () => {
    const { code, stdout, stderr } = await runCommandLine(['issue'])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('There is no command "issue"')
  })
})

describe('mikromerit token', () => {
  const verify = async (token: string) => {
    const config = { DATA_DIR: dataDir, PUBLIC_URL: 'http://localhost:3001' }
    return (await createAccessTokenVerifier({ config, clock: systemClock, fetch })).verify(token)
  }

  it('prints a token that services with the same DATA_DIR accept', async () => {
    const args = ['--scope', 'awards:write awards:read', '--organisation', 'exempelverken']
    const { code, stdout } = await runCommandLine(['token', ...args, '--subject', 'registrar'], {
      DATA_DIR: dataDir,
    })
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(await verify(stdout.trim())).toMatchObject({
      subject: 'registrar',
      organisation: 'exempelverken',
      scopes: new Set(['awards:write', 'awards:read']),
    })
  })

  it.each([
    [[], /--scope/],
    [['--scope', 'wallet', '--expires-in', '0'], /--expires-in/],
    [['--scope', 'wallet', '--expires-in', '100000'], /--expires-in/],
    [['--scope', 'wallet', '--organization', 'x'], /--organization/],
  ])(
    'refuses %j, says why and prints nothing that could be taken for a token',
    async (args, why) => {
      const { code, stdout, stderr } = await runCommandLine(['token', ...args], {
        DATA_DIR: dataDir,
      })
      expect(code).toBe(2)
      expect(stdout).toBe('')
      expect(stderr).toMatch(why)
      expect(stderr).toContain('Usage: mikromerit token')
    },
  )
})

describe('without services', () => {
  it('demo says which variables name them', async () => {
    const { code, stderr } = await runCommandLine(['demo'], { ...nowhere, DATA_DIR: dataDir })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^A service does not answer/)
    expect(stderr).not.toMatch(/\n {4}at /)
  })

  it('doctor finds a fault in each, says what to do, and makes nothing', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'mikromerit-cli-'))
    const { code, stdout } = await runCommandLine(['doctor'], { ...nowhere, DATA_DIR: empty })
    const made = await readdir(empty)
    await rm(empty, { recursive: true })

    expect(code).toBe(1)
    expect(stdout.match(/does not answer/g)?.length).toBeGreaterThanOrEqual(3)
    expect(stdout).toMatch(/→ Start the issuer, or say where it answers with ISSUER_URL/)
    expect(stdout).toMatch(/\d+ checks: \d+ faults/)
    expect(made).toEqual([])
  })
})

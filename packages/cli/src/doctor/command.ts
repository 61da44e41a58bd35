import { createIssuerClient, expectData } from '@mikromerit/client'
import { loadTrustAnchors, openDevelopmentTokenIssuer } from '@mikromerit/service-kit'
import { parseOptions } from '../arguments.ts'
import type { Command } from '../commands.ts'
import { readDataDir, readServiceUrls } from '../places.ts'
import { type Finding, warning } from './finding.ts'
import { checkCredentialIssuer } from './issuer-checks.ts'
import { checkService } from './service-checks.ts'

const marks = { ok: '✓', warning: '!', fault: '✗' } as const

/** Looks at a running installation from outside and says what to do about what it finds. */
export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor [--organisation ID]',
  summary: 'Checks the three services: addresses, TLS, clock, database, documents, keys, trust.',
  run: async (args) => {
    const { organisation } = parseOptions(args, ['organisation'])
    const urls = readServiceUrls(process.env)
    const findings: Finding[] = []
    for (const [name, url] of Object.entries(urls)) {
      findings.push(...report(name, await checkService(name, url)))
    }
    findings.push(...report('trust', await checkTrust(urls.issuer, organisation)))

    const faults = findings.filter(({ severity }) => severity === 'fault').length
    const warnings = findings.filter(({ severity }) => severity === 'warning').length
    console.log(`\n${findings.length} checks: ${faults} faults, ${warnings} warnings`)
    return faults === 0 ? 0 : 1
  },
}

async function checkTrust(issuerUrl: string, organisation: string | undefined): Promise<Finding[]> {
  const dataDir = readDataDir(process.env)
  const anchors = await loadTrustAnchors({
    DATA_DIR: dataDir,
    TRUST_ANCHORS_FILE: process.env.TRUST_ANCHORS_FILE,
  })
  const organisations = organisation ? [organisation] : await listOrganisations(issuerUrl, dataDir)
  if (organisations.length === 0) {
    return [warning('no organisation to look at', 'Create one, or name one with --organisation.')]
  }
  const now = new Date()
  const findings = organisations.map((id) => checkCredentialIssuer(issuerUrl, id, anchors, now))
  return (await Promise.all(findings)).flat()
}

async function listOrganisations(issuerUrl: string, dataDir: string): Promise<string[]> {
  try {
    const issuer = await openDevelopmentTokenIssuer(dataDir)
    const accessToken = await issuer.sign({ scope: 'organisations:read', expiresIn: 60 })
    const client = createIssuerClient({ baseUrl: issuerUrl, accessToken })
    const page = await expectData(client.GET('/v1/organisations'))
    return page.items.map(({ id }) => id)
  } catch {
    return []
  }
}

function report(title: string, findings: Finding[]): Finding[] {
  console.log(`\n${title}`)
  for (const { severity, what, remedy } of findings) {
    console.log(`  ${marks[severity]} ${what}`)
    if (remedy) console.log(`    → ${remedy}`)
  }
  return findings
}

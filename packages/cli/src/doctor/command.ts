import { parseOptions } from '../arguments.ts'
import { readDataDir, readServiceUrls } from '../places.ts'
import type { Finding } from './finding.ts'
import { checkService } from './service-checks.ts'
import { checkTrust } from './trust-checks.ts'

const marks = { ok: '✓', warning: '!', fault: '✗' } as const

/** Looks at a running installation from outside and says what to do about what it finds. */
export async function examine(args: string[]): Promise<number> {
  const { organisation } = parseOptions(args, ['organisation'])
  const urls = readServiceUrls(process.env)
  const now = new Date()
  const findings: Finding[] = []
  for (const [name, url] of Object.entries(urls)) {
    findings.push(...report(name, await checkService(name, url, now)))
  }
  const trust = await checkTrust({
    issuerUrl: urls.issuer,
    dataDir: readDataDir(process.env),
    anchorsFile: process.env.TRUST_ANCHORS_FILE,
    organisation,
    now,
  })
  findings.push(...report('trust', trust))
  return conclude(findings)
}

function report(title: string, findings: Finding[]): Finding[] {
  console.log(`\n${title}`)
  for (const { severity, what, remedy } of findings) {
    console.log(`  ${marks[severity]} ${what}`)
    if (remedy) console.log(`    → ${remedy}`)
  }
  return findings
}

function conclude(findings: readonly Finding[]): number {
  const count = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity).length
  const faults = count('fault')
  console.log(`\n${findings.length} checks: ${faults} faults, ${count('warning')} warnings`)
  return faults === 0 ? 0 : 1
}

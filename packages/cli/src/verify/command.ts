import { createBundleContext, noteAges, verifyTrustBundle } from '@mikromerit/credentials'
import { parseFileOptions } from '../arguments.ts'
import { UsageError } from '../usage-error.ts'
import { printRefusal, printReport } from './print.ts'
import { readAnchors, readBundleFile, readCredentialFile } from './read-files.ts'
import { chooseLanguage } from './texts.ts'
import { verifyFile } from './verify-file.ts'

const exitCodes = { valid: 0, invalid: 1, undetermined: 3 } as const

/** Verifies a file with a bundle and nothing else: no address is looked at. */
export async function verifyOffline(args: string[]): Promise<number> {
  const { file, options } = parseFileOptions(args, [
    'bundle',
    'anchor',
    'at',
    'verifier',
    'language',
  ])
  if (options.bundle === undefined)
    throw new UsageError('Say which bundle to verify with: --bundle FILE')
  const language = chooseLanguage(options.language, process.env)
  const now = readInstant(options.at)
  const given = await readCredentialFile(file)
  const bundle = verifyTrustBundle({
    token: await readBundleFile(options.bundle),
    anchors: await readAnchors(options.anchor, process.env),
    now,
    ...(options.verifier !== undefined && { issuer: options.verifier }),
  })
  if (!bundle.ok) {
    printRefusal(bundle.code, language)
    return exitCodes.undetermined
  }
  const report = await verifyFile(given, createBundleContext(bundle.value, now))
  const checks = noteAges(report.checks, bundle.value, now)
  printReport({ ...report, checks }, { bundle: bundle.value, now, language })
  return exitCodes[report.outcome]
}

const instant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/

function readInstant(text: string | undefined): Date {
  if (text === undefined) return new Date()
  const at = new Date(text)
  if (instant.test(text) && !Number.isNaN(at.getTime())) return at
  throw new UsageError('--at takes a time such as 2026-11-25T09:00:00Z, or a day.')
}

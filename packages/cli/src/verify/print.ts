import type { BundleRefusal, Locale, TrustBundle, VerificationCheck } from '@mikromerit/credentials'
import { outcomeTexts, refusalTexts, words } from './texts.ts'
import type { FileReport } from './verify-file.ts'

const marks = { valid: '✓', invalid: '✗', undetermined: '?' } as const

interface PrintOptions {
  readonly bundle: TrustBundle
  readonly now: Date
  readonly language: Locale
}

/** Prints what was found, check by check, and how old that is which it rests on. */
export function printReport({ outcome, checks }: FileReport, options: PrintOptions): void {
  const { bundle, now, language } = options
  console.log(`${marks[outcome]} ${outcomeTexts[outcome][language]}\n`)
  for (const check of checks) printCheck(check, language)
  const age = describeAge((now.getTime() - bundle.createdAt.getTime()) / 1_000, language)
  const made = `${words.made[language]} ${bundle.createdAt.toISOString()} (${age})`
  const until = `${words.usable[language]} ${bundle.expiresAt.toISOString()}`
  console.log(`\n${words.bundle[language]} ${bundle.issuer}, ${made}, ${until}`)
  console.log(words.offline[language])
}

function printCheck(
  { outcome, title, detail, remedy, evidence = {} }: VerificationCheck,
  language: Locale,
): void {
  console.log(`${marks[outcome]} ${title[language]}: ${detail[language]}`)
  if (remedy) console.log(`    → ${remedy[language]}`)
  const { uri, snapshotAt, ageSeconds, maxAgeSeconds } = evidence
  if (typeof snapshotAt === 'string') {
    const age = describeAge(Number(ageSeconds), language)
    const limit = `${words.atMost[language]} ${describeLength(Number(maxAgeSeconds), language)} ${words.old[language]}`
    console.log(`    ${words.list[language]} ${snapshotAt} (${age}; ${limit})`)
  } else if (outcome === 'undetermined' && typeof uri === 'string') {
    console.log(`    ${words.address[language]}: ${JSON.stringify(uri)}`)
  }
}

/** Why the bundle was not used: without it nothing is known of the credential. */
export function printRefusal(code: BundleRefusal, language: Locale): void {
  const { detail, remedy } = refusalTexts[code]
  console.log(`${marks.undetermined} ${outcomeTexts.undetermined[language]}\n`)
  console.log(`${detail[language]} (${code})\n    → ${remedy[language]}`)
}

const units = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const

/** In the largest unit of which there are two. */
function measure(seconds: number): [number, (typeof units)[number][1]] {
  const [size, unit] = units.find(([size]) => seconds >= 2 * size) ?? [1, 'second']
  return [Math.max(0, Math.floor(seconds / size)), unit]
}

function describeAge(seconds: number, language: Locale): string {
  const [count, unit] = measure(seconds)
  return new Intl.RelativeTimeFormat(language).format(-count, unit)
}

function describeLength(seconds: number, language: Locale): string {
  const [count, unit] = measure(seconds)
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

import {
  accept,
  type FetchedStatusList,
  parseStatusListToken,
  refuse,
  setStatus,
  signStatusListToken,
  statusListBytes,
  type VerificationContext,
  verifyCredential,
} from '@mikromerit/credentials'
import { createSampleKey, day, issueSample, type SampleKey } from '../credentials/sample.ts'
import { measureInTurns, type Plan, ratesOf, repeat } from '../measuring/rounds.ts'
import { median, medianRatio } from '../measuring/statistics.ts'
import { asRate, asShare } from '../report/figures.ts'
import type { Row } from '../report/row.ts'

const issuer = 'https://issuer.example.se/exempeluniversitetet'
const uri = `${issuer}/status-lists/1`
const entries = 1_000_000

/** A full verification with a look into a kept list of a million entries, against one without status. */
export async function measureStatusCheck(plan: Plan, issuerKey: SampleKey): Promise<Row> {
  const context = createContext(issuerKey, await keepList(issuerKey))
  const credential = { issuer, signer: issuerKey.signer, holder: createSampleKey().signer }
  const base = { ...credential, id: 'urn:uuid:0190c1a2-0000-7000-8000-000000000003' }
  const issuedAt = new Date()
  const withStatus = await issueSample({ ...base, issuedAt, status: { uri, idx: 4_711 } })
  const without = await issueSample({ ...base, issuedAt })
  const outcome = await verifyCredential(withStatus, { ...context, now: new Date() })
  if (outcome.report.checks.find(({ code }) => code === 'status')?.outcome !== 'valid')
    throw new Error('The status of the sample was not found valid.')
  const run = (token: string) =>
    repeat(() => verifyCredential(token, { ...context, now: new Date() }))
  const samples = await measureInTurns({ checked: run(withStatus), bare: run(without) }, plan)
  const rates = { checked: ratesOf(samples.checked), bare: ratesOf(samples.bare) }
  const added = medianRatio(rates.bare, rates.checked) - 1
  return {
    what: 'verify with a cached status list of 1 M',
    figure: asRate(median(rates.checked)),
    comparedWith: `without status: ${asRate(median(rates.bare))}`,
    ratio: `+ ${asShare(added)} time`,
    target: '< 5 %',
    isMet: added < 0.05,
  }
}

/** One in fifty revoked, spread over the list: as a verifier keeps it, taken apart once. */
async function keepList({ signer }: SampleKey): Promise<FetchedStatusList> {
  const bytes = new Uint8Array(statusListBytes(entries, 2))
  for (let at = 0; at < entries; at += 50) setStatus(bytes, 2, at + ((at * 31) % 50), 1)
  setStatus(bytes, 2, 4_711, 0)
  const issuedAt = new Date()
  const expiresAt = new Date(issuedAt.getTime() + day)
  const token = await signStatusListToken({ uri, bits: 2, bytes, issuedAt, expiresAt, signer })
  const parsed = parseStatusListToken(token)
  return parsed.ok ? accept(parsed.value) : refuse(parsed.code, parsed.detail)
}

const createContext = (
  { publicKey }: SampleKey,
  list: FetchedStatusList,
): Omit<VerificationContext, 'now'> => ({
  resolveIssuerKeys: async () => ({ outcome: 'found', keys: [publicKey], via: 'metadata' }),
  fetchStatusListToken: async () => list,
})

import type { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createIssuerClient, expectData, type IssuerClient } from '@mikromerit/client'
import { openDevelopmentTokenIssuer } from '@mikromerit/service-kit/development-token-issuer'
import { loadTrustAnchors } from '@mikromerit/service-kit/trust-anchors'
import { type Finding, fault, warning } from './finding.ts'
import { checkCredentialIssuer, checkExpiry } from './issuer-checks.ts'
import { readPublicUrl } from './service-checks.ts'

export interface TrustOptions {
  readonly issuerUrl: string
  readonly dataDir: string
  readonly anchorsFile: string | undefined
  /** Only this one; else all that the issuer lists. */
  readonly organisation: string | undefined
  readonly now: Date
}

/** Whether the trust anchors of this machine vouch for what the issuer publishes. */
export async function checkTrust(options: TrustOptions): Promise<Finding[]> {
  const { issuerUrl, now } = options
  const anchors = await readAnchors(options)
  if (!Array.isArray(anchors)) return [anchors]
  const publicUrl = await readPublicUrl(issuerUrl)
  if (publicUrl === undefined) {
    return [warning('the issuer does not answer', 'Mend that first: see above.')]
  }
  const organisations = await findOrganisations(options)
  if (organisations.length === 0) {
    return [warning('no organisation to look at', 'Create one, or name one with --organisation.')]
  }
  const findings: Finding[] = anchors.map((anchor) =>
    checkExpiry(`trust anchor “${readCommonName(anchor)}”`, anchor, now),
  )
  for (const organisation of organisations) {
    const issuer = { baseUrl: issuerUrl, publicUrl, organisation, anchors, now }
    findings.push(...(await checkCredentialIssuer(issuer)))
  }
  return findings
}

/** Those of TRUST_ANCHORS_FILE and, where there are any, of development; nothing is made here. */
async function readAnchors({ dataDir, anchorsFile }: TrustOptions) {
  try {
    const anchors = await loadTrustAnchors({
      NODE_ENV: isDevelopment(dataDir) ? 'development' : 'production',
      DATA_DIR: dataDir,
      TRUST_ANCHORS_FILE: anchorsFile,
    })
    if (anchors.length > 0) return anchors
    const remedy = 'Set TRUST_ANCHORS_FILE, or run this with the DATA_DIR of the services.'
    return fault('no trust anchor', remedy)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable'
    return fault(`trust anchors: ${reason}`, 'TRUST_ANCHORS_FILE must name a PEM bundle.')
  }
}

async function findOrganisations({ issuerUrl, dataDir, organisation }: TrustOptions) {
  if (organisation) return [organisation]
  if (!isDevelopment(dataDir)) return []
  try {
    const { sign } = await openDevelopmentTokenIssuer(dataDir)
    const accessToken = await sign({ scope: 'organisations:read', expiresIn: 60 })
    return await listOrganisations(createIssuerClient({ baseUrl: issuerUrl, accessToken }))
  } catch {
    return [] // an issuer that takes no development tokens
  }
}

async function listOrganisations(client: IssuerClient): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const query = { limit: 100, ...(cursor !== undefined && { cursor }) }
    const page = await expectData(client.GET('/v1/organisations', { params: { query } }))
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return ids
}

const isDevelopment = (dataDir: string) =>
  existsSync(join(dataDir, 'development', 'token-issuer.pem'))

const readCommonName = ({ subject }: X509Certificate) => /^CN=(.*)$/m.exec(subject)?.[1] ?? subject

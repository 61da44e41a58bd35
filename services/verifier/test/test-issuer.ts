import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createSoftwareSigner,
  generateSigningKey,
  issueSdJwtVc,
  learningCredentialVct,
  type Signer,
  setStatus,
  signJws,
  signStatusListToken,
} from '@mikromerit/credentials'
import { openDevelopmentAuthority } from '@mikromerit/service-kit'

export interface HolderKey {
  readonly signer: Signer
}

export const aHolder = (): HolderKey => ({
  signer: createSoftwareSigner({ privateKey: generateSigningKey().privateKey }),
})

/** What the issuer certifies by default: a short course, as domain.md 3.4 shows it. */
export const courseClaims: Readonly<Record<string, unknown>> = {
  issuing_authority: 'Exempeluniversitetet',
  issuing_country: 'SE',
  date_of_issuance: '2026-06-05',
  achievement_title: 'Datadriven affärsutveckling',
  family_name: 'Planteradsson',
  given_name: 'Alva',
  learner_identification: '0190c1a2-0000-7000-8000-0000000000c1',
  learning_outcomes: ['kan genomföra en affärsanalys med stöd av data'],
  assessment_grade: 'VG',
  notional_workload: {
    hours: 80,
    credits: [{ framework: 'http://data.europa.eu/snb/education-credit/6fcec5c5af', value: 3 }],
  },
  levels: [{ framework: 'EQF', level: 6, uri: 'http://data.europa.eu/snb/eqf/6' }],
  fields_of_education: ['http://data.europa.eu/snb/isced-f/0688'],
  skills: ['http://data.europa.eu/esco/skill/27ed854c-15b8-4ba2-90e9-ae888a219703'],
}

const alwaysVisible = [
  'issuing_authority',
  'issuing_country',
  'date_of_issuance',
  'achievement_title',
]

export interface CredentialChanges {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly vct?: string
  readonly issuer?: string
  readonly issuedAt?: Date
  readonly expiresAt?: Date
  readonly holder?: HolderKey
  /** `undefined`: without status */
  readonly status?: { readonly uri: string; readonly idx: number } | undefined
  readonly signer?: Signer
}

export interface TestIssuer {
  readonly identifier: string
  readonly signer: Signer
  readonly statusListUri: string
  /** How often the status list was fetched. */
  readonly fetches: { status: number; metadata: number }
  issue(changes?: CredentialChanges): Promise<string>
  /** Sets a status in the list, which is signed anew at each fetch. */
  setStatus(index: number, value: number): void
  /** Replaces what an address answers: a status, or a body. */
  answerWith(path: string, answer: AnswerChanges | undefined): void
  close(): Promise<void>
}

export interface AnswerChanges {
  readonly status?: number
  readonly body?: string | Buffer
  readonly type?: string
  /** The answer is held back until then. */
  readonly after?: Promise<unknown>
}

export interface TestIssuerOptions {
  /** The DATA_DIR whose development authority certifies it; absent: nobody does. */
  readonly certifiedIn?: string
  /** When its certificate is valid; default for many years. */
  readonly certified?: { readonly notBefore?: Date; readonly notAfter?: Date }
  readonly now: () => Date
  /** Seconds that a fetched list may be kept. */
  readonly ttl?: number
  readonly listLifetimeSeconds?: number
}

/** An issuer made by hand, with a real address for its metadata and status list. */
export async function startTestIssuer(options: TestIssuerOptions): Promise<TestIssuer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const identifier = `http://localhost:${port}/exempel`
  const signer = await createSigner(identifier, options)
  const bytes = new Uint8Array(131_072 / 4)
  const fetches = { status: 0, metadata: 0 }
  const overrides = new Map<string, AnswerChanges>()
  const statusListUri = `${identifier}/status-lists/1`

  const documents: Record<string, () => Promise<{ body: string; type: string }>> = {
    '/exempel/status-lists/1': async () => {
      fetches.status++
      const body = await signStatusListToken({
        uri: statusListUri,
        bits: 2,
        bytes,
        issuedAt: options.now(),
        expiresAt: new Date(options.now().getTime() + (options.listLifetimeSeconds ?? 600) * 1_000),
        ttl: options.ttl ?? 60,
        signer,
      })
      return { body, type: 'application/statuslist+jwt' }
    },
    '/.well-known/jwt-vc-issuer/exempel': async () => {
      fetches.metadata++
      const jwks = { keys: [{ ...signer.publicJwk, kid: signer.kid, use: 'sig', alg: 'ES256' }] }
      return { body: JSON.stringify({ issuer: identifier, jwks }), type: 'application/json' }
    },
  }
  answerRequests(server, documents, overrides)

  return {
    identifier,
    signer,
    statusListUri,
    fetches,
    issue: (changes = {}) =>
      issueCredential({ identifier, signer, statusListUri }, options, changes),
    setStatus: (index, value) => setStatus(bytes, 2, index, value),
    answerWith: (path, answer) => {
      if (answer) overrides.set(path, answer)
      else overrides.delete(path)
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function answerRequests(
  server: Server,
  documents: Record<string, () => Promise<{ body: string; type: string }>>,
  overrides: Map<string, AnswerChanges>,
): void {
  server.on('request', async (request, response) => {
    const path = request.url ?? ''
    const override = overrides.get(path)
    const document = await documents[path]?.()
    await override?.after
    const {
      status = 200,
      body = '',
      type = 'text/plain',
    } = {
      ...(document ?? { status: 404 }),
      ...override,
    }
    response.writeHead(status, { 'content-type': type }).end(body)
  })
}

async function createSigner(
  identifier: string,
  { certifiedIn, certified = {} }: TestIssuerOptions,
): Promise<Signer> {
  const { privateKey, publicJwk } = generateSigningKey()
  if (certifiedIn === undefined) return createSoftwareSigner({ privateKey })
  const authority = await openDevelopmentAuthority(certifiedIn)
  const x5c = await authority.issueLeaf({
    publicKey: publicJwk,
    commonName: 'Exempeluniversitetet',
    dns: 'localhost',
    uri: identifier,
    notBefore: certified.notBefore ?? new Date('2025-01-01T00:00:00Z'),
    notAfter: certified.notAfter ?? new Date('2040-01-01T00:00:00Z'),
  })
  return createSoftwareSigner({ privateKey, x5c })
}

/** The same credential without `iss`, signed anew: only the certificate says whose it is. */
export async function withoutIssuer(credential: string, signer: Signer): Promise<string> {
  const [jwt = '', ...rest] = credential.split('~')
  const payload = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
  delete payload.iss
  const header = { typ: 'dc+sd-jwt' }
  return [await signJws({ header, payload, signer, includeX5c: true }), ...rest].join('~')
}

const issueCredential = (
  own: { identifier: string; signer: Signer; statusListUri: string },
  { now }: TestIssuerOptions,
  changes: CredentialChanges,
): Promise<string> => {
  const claims = changes.claims ?? courseClaims
  const status = 'status' in changes ? changes.status : { uri: own.statusListUri, idx: 7 }
  return issueSdJwtVc({
    claims,
    disclosable: Object.keys(claims).filter((name) => !alwaysVisible.includes(name)),
    vct: changes.vct ?? learningCredentialVct,
    issuer: changes.issuer ?? own.identifier,
    id: `urn:uuid:${randomUUID()}`,
    issuedAt: changes.issuedAt ?? now(),
    expiresAt: changes.expiresAt ?? new Date(now().getTime() + 86_400_000),
    holderKey: (changes.holder ?? aHolder()).signer.publicJwk,
    ...(status && { status }),
    signer: changes.signer ?? own.signer,
  })
}

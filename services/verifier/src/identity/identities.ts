import { createPrivateKey, type webcrypto, X509Certificate } from 'node:crypto'
import {
  certificateNames,
  certificateThumbprint,
  createSoftwareSigner,
  generateSigningKey,
  type Signer,
} from '@mikromerit/credentials'
import type {
  CertificateAuthority,
  Clock,
  Database,
  Transaction,
  Vault,
} from '@mikromerit/service-kit'
import { desc, eq, sql } from 'drizzle-orm'
import { signingKeys } from './table.ts'

/** One of our keys with its certificate: what a request object is signed with. */
export interface Identity {
  readonly signer: Signer
  /** `x509_hash:` and the thumbprint of the leaf (OpenID4VP 5.9.3). */
  readonly clientId: string
  readonly leaf: X509Certificate
}

export interface Identities {
  /** Signs new requests. */
  current(): Identity
  /** The one a request was made with; older ones stay, so that open requests stay answerable (V-35). */
  find(kid: string): Promise<Identity | undefined>
  /** The current one and those before it, newest first. */
  list(): Promise<Identity[]>
  /** Makes a new key and certificate when the current one has passed two thirds of its life. */
  renew(): Promise<void>
  /** Makes a new key and certificate at once. */
  rotate(): Promise<void>
}

export interface IdentityOptions {
  readonly database: Database
  readonly vault: Vault
  readonly authority: CertificateAuthority
  readonly clock: Clock
  readonly publicUrl: string
  readonly name: string
  readonly certificateDays: number
}

const dayMs = 86_400_000
type Row = typeof signingKeys.$inferSelect

/** Opens the verifier's identity, made at first start; replicas that start together make one. */
export async function openIdentities(options: IdentityOptions): Promise<Identities> {
  const known = new Map<string, Identity>()
  const remember = (row: Row): Identity => {
    const identity = known.get(row.kid) ?? toIdentity(options.vault, row)
    known.set(row.kid, identity)
    return identity
  }
  const settle = async (isGoodEnough: (identity: Identity) => boolean) =>
    remember(await findOrCreate(options, (row) => isGoodEnough(remember(row))))
  const isFresh = (identity: Identity) => isUsable(identity, options)

  let current = await settle(isFresh)
  return {
    current: () => current,
    find: async (kid) => {
      const identity = known.get(kid)
      if (identity) return identity
      const row = await findRow(options.database, kid)
      return row && remember(row)
    },
    list: async () => (await listRows(options.database)).map(remember),
    renew: async () => {
      current = await settle(isFresh)
    },
    rotate: async () => {
      const { signer } = current
      current = await settle((identity) => isFresh(identity) && identity.signer.kid !== signer.kid)
    },
  }
}

/** Certified for our address, and with at least a third of its validity left. */
function isUsable({ leaf }: Identity, { clock, publicUrl }: IdentityOptions): boolean {
  const from = leaf.validFromDate.getTime()
  const until = leaf.validToDate.getTime()
  const now = clock.now().getTime()
  const isNamed = certificateNames(leaf).uris.includes(publicUrl)
  return isNamed && from <= now && now < from + ((until - from) * 2) / 3
}

const findOrCreate = (
  options: IdentityOptions,
  isGoodEnough: (row: Row) => boolean,
): Promise<Row> =>
  options.database.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('verifier signing key'))`)
    const [newest] = await tx
      .select()
      .from(signingKeys)
      .orderBy(desc(signingKeys.createdAt))
      .limit(1)
    return newest && isGoodEnough(newest) ? newest : createKey(tx, options)
  })

async function createKey(tx: Transaction, options: IdentityOptions): Promise<Row> {
  const now = options.clock.now()
  const { privateKey, publicJwk, kid } = generateSigningKey()
  const row: Row = {
    kid,
    sealedPrivateKey: options.vault.sealJson(privateKey.export({ format: 'jwk' }), placeOf(kid)),
    certificates: await options.authority.issueLeaf({
      publicKey: publicJwk,
      commonName: options.name,
      dns: new URL(options.publicUrl).hostname,
      uri: options.publicUrl,
      // A minute back: a wallet's clock may be behind ours.
      notBefore: new Date(now.getTime() - 60_000),
      notAfter: new Date(now.getTime() + options.certificateDays * dayMs),
    }),
    createdAt: now,
  }
  await tx.insert(signingKeys).values(row)
  return row
}

/** As many as may sign what is still open, and more. */
const listedKeys = 10

const listRows = ({ drizzle }: Database): Promise<Row[]> =>
  drizzle.select().from(signingKeys).orderBy(desc(signingKeys.createdAt)).limit(listedKeys)

async function findRow(database: Database, kid: string): Promise<Row | undefined> {
  const [row] = await database.drizzle
    .select()
    .from(signingKeys)
    .where(eq(signingKeys.kid, kid))
    .limit(1)
  return row
}

function toIdentity(vault: Vault, { kid, sealedPrivateKey, certificates }: Row): Identity {
  const [encodedLeaf = ''] = certificates
  const leaf = new X509Certificate(Buffer.from(encodedLeaf, 'base64'))
  const jwk = vault.openJson<webcrypto.JsonWebKey>(sealedPrivateKey, placeOf(kid))
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
  return {
    signer: createSoftwareSigner({ privateKey, kid, x5c: certificates }),
    clientId: `x509_hash:${certificateThumbprint(leaf)}`,
    leaf,
  }
}

const placeOf = (kid: string): string => `signing-keys/${kid}`

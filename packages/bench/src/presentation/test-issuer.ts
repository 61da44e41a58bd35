import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setStatus, signStatusListToken, statusListBytes } from '@mikromerit/credentials'
import { openDevelopmentAuthority } from '@mikromerit/service-kit'
import {
  createIssuerKey,
  createSampleKey,
  day,
  issueSample,
  type SampleKey,
} from '../credentials/sample.ts'
import { type PreparedWallet, prepareWallet } from './wallet.ts'

const entries = 1_000_000

/** An issuer of its own, certified as the development authority certifies, with a status list of a million. */
export interface TestIssuer {
  /** A wallet with one credential, bound to a key of its own. */
  giveWallet(): Promise<PreparedWallet>
  close(): Promise<void>
}

export async function startTestIssuer(dataDir: string): Promise<TestIssuer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  const issuer = `http://localhost:${port}/exempeluniversitetet`
  const uri = `${issuer}/status-lists/1`
  const key = await createIssuerKey(await openDevelopmentAuthority(dataDir), issuer)
  const list = await signList(uri, key)
  server.on('request', (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/statuslist+jwt' }).end(list)
  })
  let next = 0
  return {
    giveWallet: async () => {
      const holder = createSampleKey()
      const idx = next++ * 50 + 1
      const credential = await issueSample({
        issuer,
        signer: key.signer,
        holder: holder.signer,
        id: `urn:uuid:0190c1a2-0000-7000-8000-${String(idx).padStart(12, '0')}`,
        issuedAt: new Date(Date.now() - 1_000),
        status: { uri, idx },
      })
      return prepareWallet(credential, holder.privateKey)
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Every fiftieth entry is revoked; those of the wallets lie between. */
async function signList(uri: string, { signer }: SampleKey): Promise<string> {
  const bytes = new Uint8Array(statusListBytes(entries, 2))
  for (let at = 0; at < entries; at += 50) setStatus(bytes, 2, at, 1)
  const issuedAt = new Date(Date.now() - 1_000)
  const expiresAt = new Date(issuedAt.getTime() + day)
  return signStatusListToken({ uri, bits: 2, bytes, issuedAt, expiresAt, ttl: 43_200, signer })
}

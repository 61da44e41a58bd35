import type { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { maxBundleLength } from '@mikromerit/credentials'
import { loadTrustAnchors } from '@mikromerit/service-kit/trust-anchors'
import { readDataDir } from '../places.ts'
import { UsageError } from '../usage-error.ts'

const maxCredentialBytes = 4_194_304

/** @throws UsageError when it cannot be read, or is too large. */
export const readCredentialFile = (path: string): Promise<Buffer> =>
  readBounded(path, maxCredentialBytes)

/** @throws UsageError when it cannot be read, or is too large. */
export async function readBundleFile(path: string): Promise<string> {
  return (await readBounded(path, maxBundleLength)).toString()
}

/**
 * The certificates of `--anchor`; without it, the development anchor in DATA_DIR. Nothing is made here.
 * @throws UsageError when there is none.
 */
export async function readAnchors(
  anchorFile: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<X509Certificate[]> {
  const dataDir = readDataDir(env)
  const file = anchorFile ?? join(dataDir, 'development', 'ca-anchor.pem')
  try {
    // As in production: the one file named, and nothing beside it.
    return await loadTrustAnchors({
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      TRUST_ANCHORS_FILE: file,
    })
  } catch {
    throw new UsageError(
      anchorFile === undefined
        ? 'Say whose bundles you trust: --anchor FILE, with the certificate of the authority (PEM).'
        : '--anchor must name a file with certificates (PEM).',
    )
  }
}

async function readBounded(path: string, maxBytes: number): Promise<Buffer> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new UsageError(`There is no file "${path}".`)
  if (found.size > maxBytes) throw new UsageError(`The file "${path}" is larger than is read here.`)
  try {
    return await readFile(path)
  } catch {
    // Not to be taken for what is said of a credential: that ends with 1.
    throw new UsageError(`The file "${path}" cannot be read.`)
  }
}

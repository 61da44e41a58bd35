import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

export interface Fonts {
  readonly regular: Buffer
  readonly bold: Buffer
}

const files = {
  regular: '400Regular/NotoSans_400Regular.ttf',
  bold: '700Bold/NotoSans_700Bold.ttf',
} as const

let loaded: Promise<Fonts> | undefined

/** Noto Sans: letters of Latin, Greek and Cyrillic names. Read at the first print, then kept. */
export function loadFonts(): Promise<Fonts> {
  loaded ??= readFonts().catch((error: unknown) => {
    loaded = undefined
    throw error
  })
  return loaded
}

async function readFonts(): Promise<Fonts> {
  const [regular, bold] = await Promise.all([
    readFile(locate(files.regular)),
    readFile(locate(files.bold)),
  ])
  return { regular, bold }
}

/** A bundle has the fonts beside it (scripts/bundle.ts); in the workspace they lie in their package. */
function locate(file: string): string {
  const bundled = join(import.meta.dirname, 'fonts', file.slice(file.indexOf('/') + 1))
  if (existsSync(bundled)) return bundled
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans/${file}`)
}

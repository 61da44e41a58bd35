// Bundles one service for a container image: Node.js refuses to run TypeScript below node_modules,
// and one file starts faster than a thousand. What is imported on demand lies beside it.
import { cp, glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join, resolve } from 'node:path'

interface Bundler {
  onLoad(
    files: { filter: RegExp },
    load: (file: { path: string }) => Promise<{ contents: string; loader: 'default' }>,
  ): void
}

const service = resolve(process.argv[2] ?? '.')
// The bundler is a dependency of the service, not of this script: it is found from there, without its types.
const { build }: { build: (options: object) => Promise<unknown> } = createRequire(
  join(service, 'package.json'),
)('esbuild')
const dist = join(service, 'dist')

// A source map with nothing in it: stack traces lead into our own sources only. With those of all libraries
// the map is 15 MB, and whoever reads a stack first pays a second and 150 MB for it.
const emptyMap = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64')
const withoutMapsOfLibraries = {
  name: 'without-maps-of-libraries',
  setup: (bundler: Bundler) =>
    bundler.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${emptyMap}`,
      loader: 'default',
    })),
}

// Made elsewhere and put in place as a whole: a service may be starting from the bundle there.
const made = `${dist}-${process.pid}`
await mkdir(made)
await build({
  entryPoints: { service: join(service, 'src/main.ts'), ...(await findThreads()) },
  outdir: made,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node26',
  sourcemap: 'linked',
  sourcesContent: false,
  external: ['pg-native'],
  plugins: [withoutMapsOfLibraries],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
// Not by `--enable-source-maps`: under that flag the logger's own look at the stack reads the map at each start.
await writeFile(
  join(made, 'main.js'),
  `import { enableCompileCache, setSourceMapsSupport } from 'node:module'
setSourceMapsSupport(true)
// What is compiled at one start is there at the next, where the folder can be written.
enableCompileCache({ directory: import.meta.dirname + '/compile-cache', portable: true })
await import('./service.js')
`,
)
await cp(join(service, 'migrations'), join(made, 'migrations'), { recursive: true })
await copyFonts()
await rm(dist, { recursive: true, force: true })
await rename(made, dist)

/** What runs in threads of its own has an entry of its own, of the same name. */
async function findThreads(): Promise<Record<string, string>> {
  const threads: Record<string, string> = {}
  for await (const path of glob('src/**/*-thread.ts', { cwd: service }))
    threads[basename(path, '.ts')] = join(service, path)
  return threads
}

/** The fonts that a printed credential embeds, where whoever prints from a bundle looks for them. */
async function copyFonts() {
  const exchange = resolve(import.meta.dirname, '../packages/exchange')
  const folder = join(exchange, 'node_modules/@expo-google-fonts/noto-sans')
  for (const file of ['400Regular/NotoSans_400Regular.ttf', '700Bold/NotoSans_700Bold.ttf'])
    await cp(join(folder, file), join(made, 'fonts', basename(file)))
}

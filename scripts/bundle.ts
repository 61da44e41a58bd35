// Bundles one service for a container image: Node.js refuses to run TypeScript below node_modules,
// and one file starts faster than a thousand.
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

const service = resolve(process.argv[2] ?? '.')
// The bundler is a dependency of the service, not of this script: it is found from there, without its types.
const { build }: { build: (options: object) => Promise<unknown> } = createRequire(
  join(service, 'package.json'),
)('esbuild')
const dist = join(service, 'dist')

// Made elsewhere and put in place as a whole: a service may be starting from the bundle there.
const made = `${dist}-${process.pid}`
await mkdir(made)
await build({
  entryPoints: [join(service, 'src/main.ts')],
  outfile: join(made, 'main.js'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node26',
  sourcemap: 'linked',
  external: ['pg-native'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
await cp(join(service, 'migrations'), join(made, 'migrations'), { recursive: true })
await rm(dist, { recursive: true, force: true })
await rename(made, dist)

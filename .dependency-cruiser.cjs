/** The arrows of docs/architecture.md: dependencies point one way. */
const service = '^services/([^/]+)/'

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'credentials-is-pure',
      comment: 'The credential package imports no framework, no database, no network.',
      severity: 'error',
      from: { path: '^packages/credentials/src', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot:
          '^packages/credentials/|node_modules/(jose|typebox)/|^(node:)?(crypto|zlib|buffer)$',
      },
    },
    {
      name: 'exchange-is-pure',
      comment:
        'Files of other systems are read and written from memory: no disk, no network, no framework.',
      severity: 'error',
      from: {
        path: '^packages/exchange/src',
        pathNot: '\\.test\\.ts$|^packages/exchange/src/print/',
      },
      to: {
        pathNot:
          '^packages/(exchange|credentials)/|node_modules/(saxes|typebox)/|^(node:)?(crypto|zlib|buffer|stream|path|timers/promises)$',
      },
    },
    {
      name: 'print-reads-only-its-fonts',
      comment:
        'What goes on paper is written in memory; the fonts are the one thing read from disk.',
      severity: 'error',
      from: { path: '^packages/exchange/src/print', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot:
          '^packages/(exchange|credentials)/|node_modules/(pdfkit|qrcode|@types/(pdfkit|qrcode))/|^(node:)?(fs|fs/promises|module|path)$',
      },
    },
    {
      name: 'kit-knows-no-service',
      severity: 'error',
      from: { path: '^packages/service-kit/' },
      to: { path: '^(services|packages/(client|cli|bench|e2e))/' },
    },
    {
      name: 'client-stands-alone',
      severity: 'error',
      from: { path: '^packages/client/src' },
      to: { path: '^(services|packages/(?!client/))' },
    },
    {
      name: 'services-meet-over-http',
      severity: 'error',
      from: { path: service },
      to: { path: service, pathNot: '^services/$1/' },
    },
    {
      name: 'nobody-imports-a-service',
      comment: 'Except the tests that start all three.',
      severity: 'error',
      from: { path: '^packages/(?!e2e/)' },
      to: { path: '^services/' },
    },
    {
      name: 'capabilities-keep-their-tables',
      comment: 'One capability calls another through its functions, not its tables.',
      severity: 'error',
      from: { path: '^services/([^/]+)/src/([^/]+)/', pathNot: '\\.test\\.ts$|/table\\.ts$' },
      to: { path: '^services/$1/src/[^/]+/table\\.ts$', pathNot: '^services/$1/src/$2/' },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(postgres|pg-native)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|migrations/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}

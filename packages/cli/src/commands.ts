import type { Command } from './command.ts'

/** What `mikromerit` can do. A command is loaded when it is called: none waits for what others need. */
export const commands: readonly Command[] = [
  {
    name: 'token',
    usage:
      'token --scope "awards:write …" [--organisation ID] [--subject ID] [--expires-in SECONDS]',
    summary: 'Prints an access token for development.',
    run: async (args) => (await import('./token.ts')).printToken(args),
  },
  {
    name: 'demo',
    usage: 'demo',
    summary: 'Runs the main job against running services: award, issue, hold, show, verify.',
    run: async (args) => (await import('./demo/command.ts')).demonstrate(args),
  },
  {
    name: 'migrate',
    usage: 'migrate [--service issuer|wallet|verifier]',
    summary: 'Applies missing migrations: at DATABASE_URL, else to the embedded databases.',
    run: async (args) => (await import('./migrate.ts')).migrateDatabases(args),
  },
  {
    name: 'doctor',
    usage: 'doctor [--organisation ID]',
    summary: 'Checks the three services: addresses, TLS, clock, database, documents, keys, trust.',
    run: async (args) => (await import('./doctor/command.ts')).examine(args),
  },
  {
    name: 'verify',
    usage:
      'verify FILE --bundle BUNDLE [--anchor PEM] [--verifier URL] [--at TIME] [--language sv|en]',
    summary:
      'Verifies a credential without a network. Ends with 0 for valid, 1 invalid, 3 undetermined.',
    run: async (args) => (await import('./verify/command.ts')).verifyOffline(args),
  },
]

export const usage = () =>
  [
    'mikromerit: issue, hold and verify European micro-credentials',
    '',
    ...commands.map(({ usage, summary }) => `  mikromerit ${usage}\n      ${summary}`),
    '',
    'The variables DATA_DIR, ISSUER_URL, WALLET_URL and VERIFIER_URL say where things are;',
    'without them: .data and http://localhost:3001, 3002 and 3003.',
  ].join('\n')

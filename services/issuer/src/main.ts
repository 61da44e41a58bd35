import { startService } from '@mikromerit/service-kit'
import { buildIssuer } from './app.ts'
import { loadIssuerConfig } from './config.ts'

await startService({
  name: 'issuer',
  loadConfig: () => loadIssuerConfig(process.env),
  build: buildIssuer,
})

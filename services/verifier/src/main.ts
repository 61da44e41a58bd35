import { startService } from '@mikromerit/service-kit'
import { buildVerifier } from './app.ts'
import { loadVerifierConfig } from './config.ts'

await startService({
  name: 'verifier',
  loadConfig: () => loadVerifierConfig(process.env),
  build: buildVerifier,
})

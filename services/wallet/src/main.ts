import { startService } from '@mikromerit/service-kit'
import { buildWallet } from './app.ts'
import { loadWalletConfig } from './config.ts'

await startService({
  name: 'wallet',
  loadConfig: () => loadWalletConfig(process.env),
  build: buildWallet,
})

export { buildWallet, type WalletOptions } from './app.ts'
export { loadWalletConfig, type WalletConfig, walletConfigSchema } from './config.ts'

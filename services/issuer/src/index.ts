export { buildIssuer, type IssuerOptions } from './app.ts'
export { type IssuerConfig, issuerConfigSchema, loadIssuerConfig } from './config.ts'

export { buildVerifier, type VerifierOptions } from './app.ts'
export { loadVerifierConfig, type VerifierConfig, verifierConfigSchema } from './config.ts'
export type { AnswerCheck, AnswerReport } from './verifications/report.ts'

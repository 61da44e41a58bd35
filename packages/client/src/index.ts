export {
  type ClientOptions,
  createIssuerClient,
  createVerifierClient,
  createWalletClient,
  type IssuerClient,
  type VerifierClient,
  type WalletClient,
} from './client.ts'
export { expectData, expectStored, type ProblemDetails, ProblemError } from './problem.ts'

import {
  type DevelopmentTokenIssuer,
  type DevelopmentTokenRequest,
  openDevelopmentTokenIssuer,
} from '../access/development-token-issuer.ts'
import { testDataDir } from './test-config.ts'

const issuers = new Map<string, Promise<DevelopmentTokenIssuer>>()

/** An access token that services with this DATA_DIR accept; by default that of `testConfig`. */
export async function testAccessToken({
  dataDir = testDataDir(),
  ...request
}: DevelopmentTokenRequest & { readonly dataDir?: string }): Promise<string> {
  const issuer = issuers.get(dataDir) ?? openDevelopmentTokenIssuer(dataDir)
  issuers.set(dataDir, issuer)
  return (await issuer).sign(request)
}

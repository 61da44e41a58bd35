import {
  type DevelopmentTokenRequest,
  openDevelopmentTokenIssuer,
} from '../access/development-token-issuer.ts'

/** An access token from the development token issuer of the service under test. */
export async function testAccessToken(
  dataDir: string,
  request: DevelopmentTokenRequest,
): Promise<string> {
  return (await openDevelopmentTokenIssuer(dataDir)).sign(request)
}

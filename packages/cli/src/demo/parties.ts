import {
  createIssuerClient,
  createVerifierClient,
  createWalletClient,
  type IssuerClient,
  type VerifierClient,
  type WalletClient,
} from '@mikromerit/client'
import { openDevelopmentTokenIssuer } from '@mikromerit/service-kit/development-token-issuer'
import type { ServiceUrls } from '../places.ts'

/** Who takes part, each with an access token of its own and nothing else. */
export interface Parties {
  /** A register or a learning platform, acting for one awarding body. */
  awardingBody(organisation: string): Promise<IssuerClient>
  /** A learner's app. */
  learner(subject: string): Promise<WalletClient>
  /** An employer's recruiting system. */
  employer(): Promise<VerifierClient>
}

export interface PartiesOptions {
  readonly urls: ServiceUrls
  /** Where the development token issuer of the services has its key. */
  readonly dataDir: string
}

export async function openParties({ urls, dataDir }: PartiesOptions): Promise<Parties> {
  const { sign } = await openDevelopmentTokenIssuer(dataDir)
  return {
    awardingBody: async (organisation) => {
      const scope = 'organisations:write achievements:write awards:write awards:read'
      const accessToken = await sign({ scope, organisation })
      return createIssuerClient({ baseUrl: urls.issuer, accessToken })
    },
    learner: async (subject) => {
      const accessToken = await sign({ scope: 'wallet', subject })
      return createWalletClient({ baseUrl: urls.wallet, accessToken })
    },
    employer: async () => {
      const scope = 'presentation-requests:write verifications:write'
      const accessToken = await sign({ scope, organisation: 'exempelarbetsgivaren' })
      return createVerifierClient({ baseUrl: urls.verifier, accessToken })
    },
  }
}

import type { OpenApiInfo } from '@mikromerit/service-kit'

/** What the API document says about the whole. */
export const apiDescription: OpenApiInfo = {
  title: 'Mikromerit issuer',
  description:
    'Describe micro-credentials, award them to learners, and let their wallets fetch signed credentials. What was awarded can be suspended and revoked; verifiers see it in published status lists.',
  tags: [
    { name: 'Organisations', description: 'Who awards' },
    { name: 'Achievements', description: 'Definitions of micro-credentials' },
    { name: 'Delegation', description: 'Who else may award a definition' },
    { name: 'Composite awards', description: 'Wholes for parts that a learner shows' },
    { name: 'Catalogue', description: 'What can be achieved, for everybody' },
    { name: 'Awards', description: 'Who achieved what, and when' },
    { name: 'Imports', description: 'Awards out of files' },
    { name: 'Bulk work', description: 'One thing done to many awards' },
    { name: 'Jobs', description: 'Long work and how far it is' },
    { name: 'Offers', description: 'What a learner’s wallet is given' },
    { name: 'OpenID4VCI', description: 'What wallets call' },
    { name: 'Metadata', description: 'Public documents of each issuer' },
    { name: 'Status lists', description: 'What verifiers read' },
  ],
  securitySchemes: {
    walletAccessToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'The access token a wallet got from the token endpoint (OpenID4VCI 6.2).',
    },
  },
}

import { isObject } from '@mikromerit/credentials'
import { type Connection, openConnection, readJson, readText } from '../load/connection.ts'
import type { AwardingOrganisation } from './organisation.ts'
import { type ProvingWallet, prepareWallet } from './wallet.ts'

export interface IssuedCredential {
  readonly awardId: string
  readonly credential: string
}

/** An education provider's register and a learner's wallet in one: awards, and fetches what it awarded. */
export interface IssuanceFlow {
  run(): Promise<IssuedCredential>
  close(): Promise<void>
}

const preAuthorizedCodeGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
const json = 'application/json'

let awarded = 0

/** A complete issuance: award, offer, token, nonce, proof, credential. */
export function openIssuanceFlow(organisation: AwardingOrganisation): IssuanceFlow {
  const connection = openConnection(organisation.issuerUrl)
  const wallet = prepareWallet(organisation.identifier)
  return {
    run: async () => {
      const award = await createAward(connection, organisation)
      const code = await fetchCode(connection, award.credentialOffer)
      const basePath = pathOf(organisation.identifier)
      const token = await redeemCode(connection, basePath, code)
      const nonce = await fetchNonce(connection, basePath)
      const credential = await fetchCredential(connection, basePath, token, wallet, nonce)
      return { awardId: award.id, credential }
    },
    close: () => connection.close(),
  }
}

/** Awards with an offer; answers the link a learner gets. */
export async function createAward(connection: Connection, organisation: AwardingOrganisation) {
  const answer = await connection.send({
    method: 'POST',
    path: organisation.awardsPath,
    headers: { authorization: `Bearer ${organisation.accessToken}`, 'content-type': json },
    body: organisation.draftAward(awarded++),
  })
  const award = readJson(answer, 201, 'Awarding')
  const offer = isObject(award.offer) ? award.offer : {}
  return { id: readText(award, 'id'), credentialOffer: readText(offer, 'credentialOfferUri') }
}

/** OpenID4VCI 4.1.3: the offer by reference. */
async function fetchCode(connection: Connection, link: string): Promise<string> {
  const path = pathOf(new URL(link).searchParams.get('credential_offer_uri') ?? '')
  const answer = await connection.send({ method: 'GET', path, headers: {} })
  const { grants } = readJson(answer, 200, 'Fetching the offer')
  const grant = isObject(grants) ? grants[preAuthorizedCodeGrant] : undefined
  return readText(isObject(grant) ? grant : {}, 'pre-authorized_code')
}

async function redeemCode(connection: Connection, basePath: string, code: string): Promise<string> {
  const answer = await connection.send({
    method: 'POST',
    path: `${basePath}/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `grant_type=${encodedGrant}&pre-authorized_code=${encodeURIComponent(code)}`,
  })
  return readText(readJson(answer, 200, 'Redeeming the code'), 'access_token')
}

const encodedGrant = encodeURIComponent(preAuthorizedCodeGrant)

async function fetchNonce(connection: Connection, basePath: string): Promise<string> {
  const answer = await connection.send({ method: 'POST', path: `${basePath}/nonce`, headers: {} })
  return readText(readJson(answer, 200, 'Fetching a nonce'), 'c_nonce')
}

async function fetchCredential(
  connection: Connection,
  basePath: string,
  token: string,
  wallet: ProvingWallet,
  nonce: string,
): Promise<string> {
  const answer = await connection.send({
    method: 'POST',
    path: `${basePath}/credential`,
    headers: { authorization: `Bearer ${token}`, 'content-type': json },
    body: wallet.requestCredential(nonce),
  })
  const { credentials } = readJson(answer, 200, 'Fetching the credential')
  const first: unknown = Array.isArray(credentials) ? credentials[0] : undefined
  return readText(isObject(first) ? first : {}, 'credential')
}

const pathOf = (url: string): string => url.slice(url.indexOf('/', 'https://'.length))

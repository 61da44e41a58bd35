import { achievementExample, awardExample, organisationExample } from '@mikromerit/credentials'
import { openConnection, readJson, readText } from '../load/connection.ts'
import type { Workbench } from '../services/workbench.ts'

/** An organisation of a running issuer that has something to award. */
export interface AwardingOrganisation {
  readonly issuerUrl: string
  /** Credential Issuer Identifier. */
  readonly identifier: string
  /** Path of its awards on the management API. */
  readonly awardsPath: string
  readonly accessToken: string
  /** The JSON of the how-manieth award, with an offer: the source reference makes each another one. */
  draftAward(number: number): string
}

/** Makes an organisation and a definition through the API, as an education provider would. */
export async function openOrganisation(
  bench: Workbench,
  id: string,
): Promise<AwardingOrganisation> {
  const { url: issuerUrl } = await bench.start('issuer')
  const accessToken = await bench.accessToken(
    'organisations:write achievements:write awards:write awards:read',
    { organisation: id },
  )
  const connection = openConnection(issuerUrl)
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
  const create = async (path: string, draft: object) => {
    const body = JSON.stringify(draft)
    const answer = await connection.send({ method: 'POST', path, headers, body })
    return readJson(answer, 201, `Creating at ${path}`)
  }
  try {
    const path = `/v1/organisations/${id}`
    const organisation = await create('/v1/organisations', { ...organisationExample, id })
    const achievement = await create(`${path}/achievements`, achievementExample)
    const achievementId = readText(achievement, 'id')
    const run = Date.now().toString(36)
    return {
      issuerUrl,
      identifier: readText(organisation, 'credentialIssuer'),
      awardsPath: `${path}/awards`,
      accessToken,
      draftAward: (number) =>
        JSON.stringify({
          ...awardExample,
          achievementId,
          sourceReference: `bench-${run}-${number}`,
          offer: { formats: ['sd_jwt_vc'] },
        }),
    }
  } finally {
    await connection.close()
  }
}

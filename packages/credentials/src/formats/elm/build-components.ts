import type { Agent } from '../../domain/organisation.ts'
import type { LanguageMap } from '../../domain/text.ts'
import { omitAbsent } from '../omit-absent.ts'
import { buildAgent } from './build-agents.ts'
import { buildCredit } from './build-workload.ts'
import type { ElmRecord } from './elm-record.ts'
import { buildIdentifier, type ElmNode, orNone, startOfDay } from './nodes.ts'

/** A micro-credential that counts as part of the awarded one (domain.md section 5); an award's own are such. */
export interface AwardComponent {
  readonly title: LanguageMap
  readonly awardingBody: Agent
  readonly awardedOn?: string
  /** Digest of the credential that was presented, as in Subresource Integrity. */
  readonly credentialDigest?: string
  readonly awardId?: string
  /** Address of the definition. */
  readonly achievementId?: string
  readonly credits?: readonly { readonly framework: string; readonly value: number }[]
}

/** The parts of a composite award, each with its own awarding body. */
export const buildComponents = (
  record: ElmRecord,
  components: readonly AwardComponent[],
): ElmNode[] | undefined =>
  orNone(components.map((component, at) => buildComponent(record, component, `component/${at}`)))

function buildComponent({ idOf }: ElmRecord, component: AwardComponent, name: string): ElmNode {
  const { title, awardingBody, awardedOn, achievementId, credits = [] } = component
  return omitAbsent({
    id: idOf(name),
    type: 'LearningAchievement',
    identifier: buildReference(component, (part) => idOf(`${name}/${part}`)),
    title,
    awardedBy: omitAbsent({
      id: idOf(`${name}/awarding`),
      type: 'AwardingProcess',
      awardingBody: [buildAgent(awardingBody, idOf)],
      awardingDate: awardedOn && startOfDay(awardedOn),
    }),
    creditReceived: orNone(
      credits.flatMap(({ framework, value }, at) =>
        buildCredit(idOf(`${name}/credit/${at}`), framework, value),
      ),
    ),
    specifiedBy: omitAbsent({
      id: idOf(`${name}/specification`),
      type: 'Qualification',
      identifier:
        achievementId &&
        buildIdentifier(idOf(`${name}/definition`), { scheme: 'definition', value: achievementId }),
      title,
    }),
  })
}

/** The digest names exactly the credential that counted; without one, the award's id. */
function buildReference(
  { credentialDigest, awardId }: AwardComponent,
  idOf: (part: string) => string,
): ElmNode | undefined {
  if (credentialDigest !== undefined)
    return buildIdentifier(idOf('digest'), { scheme: 'credential digest', value: credentialDigest })
  return awardId === undefined
    ? undefined
    : buildIdentifier(idOf('award'), { scheme: 'award', value: awardId })
}

import type { ImportableAchievement } from '@mikromerit/exchange'
import { Problem } from '@mikromerit/service-kit'
import { findIdByIdentifier } from '../achievements/find-by-identifier.ts'
import { type AwardableDefinition, findDefinition } from '../achievements/find-definition.ts'
import type { Runtime } from '../runtime.ts'

/** The definitions a file may award, by what it calls them. */
export interface FileDefinitions {
  find(code: string | undefined): Promise<ImportableAchievement | undefined>
  /** The definition of a row that was found. */
  of(id: string): AwardableDefinition | undefined
}

/** A hostile file names a different one on every row. */
const mostRemembered = 2_000
const uuid = /(?:^|[:/])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** Each is looked up once for a file, so that all its rows mean the same version. */
export function openDefinitions(
  runtime: Runtime,
  organisationId: string,
  defaultId: string | undefined,
): FileDefinitions {
  const found = new Map<string, AwardableDefinition | undefined>()
  const byId = new Map<string, AwardableDefinition>()

  const look = async (code: string) => {
    if (found.has(code)) return found.get(code)
    const definition = await findAwardable(runtime, organisationId, code)
    if (found.size < mostRemembered) found.set(code, definition)
    if (definition) byId.set(definition.definition.id, definition)
    return definition
  }
  return {
    find: async (code = defaultId) => {
      const awardable = code === undefined ? undefined : await look(code)
      return awardable && { id: awardable.definition.id, content: awardable.definition }
    },
    of: (id) => byId.get(id),
  }
}

/** By its id, the address that projections write, or a code of the register. Only what may be awarded now. */
async function findAwardable(
  runtime: Runtime,
  organisationId: string,
  code: string,
): Promise<AwardableDefinition | undefined> {
  const id =
    uuid.exec(code)?.[1]?.toLowerCase() ?? (await findByCode(runtime, organisationId, code))
  if (id === undefined) return undefined
  try {
    const awardable = await findDefinition(runtime, organisationId, id)
    return awardable.definition.status === 'published' ? awardable : undefined
  } catch (error) {
    // Neither its own nor delegated: the row says so, the file goes on.
    if (error instanceof Problem) return undefined
    throw error
  }
}

const findByCode = ({ database }: Runtime, organisationId: string, code: string) =>
  database.inOrganisation(organisationId, (tx) => findIdByIdentifier(tx, organisationId, code))

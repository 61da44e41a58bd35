import { isObject } from '../../jose/json.ts'
import { readElements } from '../../vc-jose/read-credential.ts'
import type { MicroCredential } from '../micro-credential.ts'
import { omitAbsent, omitEmpty } from '../omit-absent.ts'
import { type Claims, readText } from '../read-claims.ts'
import { identityTypes } from './vocabulary.ts'
import { headings } from './words.ts'

/** The learner, as far as the badge names them in the clear; what is hashed stays hashed. */
export function readLearner(subject: Claims): MicroCredential['learner'] {
  const identities = new Map(
    (readElements(subject.identifier) ?? [])
      .filter(isObject)
      .filter(({ hashed }) => hashed !== true)
      .map(({ identityType, identityHash }) => [String(identityType), readText(identityHash)]),
  )
  const familyName = identities.get(identityTypes.familyName)
  return omitEmpty({
    givenName: identities.get(identityTypes.givenName),
    // A badge of others has the name in one piece, and nobody may guess where it comes apart.
    familyName: familyName ?? identities.get('name'),
    identification:
      identities.get(identityTypes.studentIdentifier) ??
      identities.get('emailAddress') ??
      readText(subject.id),
  })
}

/** The first result that has a value, and the scale it comes from. */
export function readResult(subject: Claims, achievement: Claims): MicroCredential['result'] {
  const results = (readElements(subject.result) ?? []).filter(isObject)
  const descriptions = (readElements(achievement.resultDescription) ?? []).filter(isObject)
  for (const result of results) {
    const description = descriptions.find(({ id }) => id === result.resultDescription)
    const grade = readText(result.value) ?? readAchievedLevel(result, description)
    if (grade !== undefined) {
      return { grade, ...omitAbsent({ scheme: readScheme(readText(description?.name)) }) }
    }
  }
  return undefined
}

function readAchievedLevel(result: Claims, description: Claims | undefined): string | undefined {
  const levels = (readElements(description?.rubricCriterionLevel) ?? []).filter(isObject)
  const level = levels.find(({ id }) => id !== undefined && id === result.achievedLevel)
  return readText(level?.level) ?? readText(level?.name)
}

/** We write `Betyg (U–G)`; others name the result, which is the best there is. */
function readScheme(name: string | undefined): string | undefined {
  const grades = Object.values(headings.grade)
  if (name === undefined || grades.some((grade) => grade === name)) return undefined
  const own = grades.find((grade) => name.startsWith(`${grade} (`) && name.endsWith(')'))
  return own === undefined ? name : name.slice(own.length + 2, -1)
}

import { readFileSync } from 'node:fs'
import type { Static, TObject, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { KitConfig } from './schema.ts'

/** Variables that are wrong, all of them, by name; never their values. */
export class ConfigurationError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigurationError'
    this.faults = faults
  }
}

/** In production, what development makes for itself must be given. */
const requiredInProduction = [
  'PUBLIC_URL',
  'DATABASE_URL',
  'AUTH_ISSUERS',
  'KEY_ENCRYPTION_KEY',
] as const satisfies readonly (keyof KitConfig)[]

/**
 * Reads a service's configuration once, at start. `NAME_FILE` names a file that holds the value of `NAME`.
 * @throws ConfigurationError naming every fault.
 */
export function loadConfig<Schema extends TObject>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): Static<Schema> & { readonly PUBLIC_URL: string } {
  const faults: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(schema.properties as Record<string, TSchema>)) {
    const text = readVariable(name, env, faults)
    if (text === undefined) continue
    const value = convert(property, text)
    if (Value.Check(property, value)) values[name] = value
    else faults.push(`${name} ${describe(property)}`)
  }
  const config = Value.Default(schema, values) as Record<string, unknown>
  for (const name of Object.keys(schema.properties)) {
    const isMissing = config[name] === undefined && schema.required?.includes(name)
    if (isMissing && !faults.some((fault) => fault.startsWith(`${name} `)))
      faults.push(`${name} must be set`)
  }
  if (config.NODE_ENV === 'production') {
    faults.push(
      ...requiredInProduction
        .filter((name) => config[name] === undefined)
        .map((name) => `${name} must be set in production`),
    )
  }
  if (faults.length > 0) throw new ConfigurationError(faults)
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`
  return { ...config, PUBLIC_URL: publicUrl } as Static<Schema> & { readonly PUBLIC_URL: string }
}

function readVariable(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): string | undefined {
  const file = env[`${name}_FILE`]
  if (env[name]) return env[name]
  // TRUST_ANCHORS_FILE and its like are variables of their own, not files that hold one.
  if (!file) return undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    faults.push(`${name}_FILE names a file that cannot be read`)
    return undefined
  }
}

function convert(property: TSchema, text: string): unknown {
  const { type } = property as { type?: string }
  if (type === 'integer' || type === 'number') return text.trim() === '' ? text : Number(text)
  if (type === 'boolean') return { true: true, false: false }[text] ?? text
  return text
}

function describe(property: TSchema): string {
  const { type, minimum, maximum, pattern, enum: values } = property as Record<string, unknown>
  if (Array.isArray(values)) return `must be one of ${values.join(', ')}`
  if (type === 'boolean') return 'must be true or false'
  if (type === 'integer' || type === 'number') {
    const bounds = [
      minimum !== undefined && `at least ${minimum}`,
      maximum !== undefined && `at most ${maximum}`,
    ]
    return ['must be a whole number', ...bounds.filter(Boolean)].join(', ')
  }
  return pattern === undefined ? 'must be a text' : `must look like ${pattern}`
}

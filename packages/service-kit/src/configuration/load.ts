import { readFileSync } from 'node:fs'
import { accept, type Result, refuse } from '@mikromerit/credentials'
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

export type Environment = Readonly<Record<string, string | undefined>>

type Loaded<Schema extends TObject> = Static<Schema> & { readonly PUBLIC_URL: string }

/**
 * Reads a service's configuration once, at start. `NAME_FILE` names a file that holds the value of `NAME`.
 * @throws ConfigurationError naming every fault.
 */
export function loadConfig<Schema extends TObject>(
  schema: Schema,
  env: Environment,
  { alsoRequiredInProduction = [] }: { readonly alsoRequiredInProduction?: readonly string[] } = {},
): Loaded<Schema> {
  const { values, faults } = readVariables(schema, env)
  const config: Record<string, unknown> = { ...defaultsOf(schema), ...values }
  const isMissing = (name: string) =>
    config[name] === undefined && !faults.some((fault) => fault.startsWith(`${name} `))
  const required = Object.keys(schema.properties).filter((name) => schema.required?.includes(name))
  faults.push(...required.filter(isMissing).map((name) => `${name} must be set`))
  if (config.NODE_ENV === 'production') {
    const names = [...requiredInProduction, ...alsoRequiredInProduction]
    faults.push(...names.filter(isMissing).map((name) => `${name} must be set in production`))
  }
  if (faults.length > 0) throw new ConfigurationError(faults)
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`
  // Every member was checked against its part of the schema, and none that is required is missing.
  return { ...config, PUBLIC_URL: publicUrl } as Loaded<Schema>
}

function readVariables(schema: TObject, env: Environment) {
  const faults: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, property] of propertiesOf(schema)) {
    const text = readVariable(name, env)
    if (text === undefined) continue
    const value = text.ok ? convert(property, text.value) : undefined
    if (!text.ok) faults.push(text.detail)
    else if (Value.Check(property, value)) values[name] = value
    else faults.push(`${name} ${describe(property)}`)
  }
  return { values, faults }
}

const propertiesOf = (schema: TObject): [string, TSchema][] => Object.entries(schema.properties)

const defaultsOf = (schema: TObject): Record<string, unknown> =>
  Object.fromEntries(
    propertiesOf(schema).flatMap(([name, property]) =>
      'default' in property ? [[name, property.default]] : [],
    ),
  )

function readVariable(name: string, env: Environment): Result<string> | undefined {
  const text = env[name]
  const file = env[`${name}_FILE`]
  if (text && file) return refuse('both', `${name} and ${name}_FILE must not both be set`)
  if (text) return accept(text)
  return file ? readValueFile(name, file) : undefined
}

function readValueFile(name: string, file: string): Result<string> {
  try {
    const text = readFileSync(file, 'utf8').trim()
    if (text !== '') return accept(text)
  } catch {
    return refuse('unreadable', `${name}_FILE names a file that cannot be read`)
  }
  return refuse('empty', `${name}_FILE names an empty file`)
}

/** What a schema says of a variable, as far as it is looked at here. */
interface Rules {
  readonly type?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  /** The pattern in words. */
  readonly expected?: string
}

function convert({ type }: Rules, text: string): unknown {
  if (type === 'integer' || type === 'number') return text.trim() === '' ? text : Number(text)
  if (type === 'boolean') return { true: true, false: false }[text] ?? text
  return text
}

function describe({ type, minimum, maximum, pattern, enum: values, expected }: Rules): string {
  if (expected !== undefined) return `must be ${expected}`
  if (values) return `must be one of ${values.join(', ')}`
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

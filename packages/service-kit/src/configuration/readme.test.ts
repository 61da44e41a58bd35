import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { kitConfigSchema } from './schema.ts'

it('the README has every variable as it is in the schema', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  // However wide somebody makes the columns.
  const table = readme.replace(/ {2,}/g, ' ')
  for (const [name, property] of Object.entries(kitConfigSchema.properties)) {
    const { default: value, description } = Object(property)
    const cells = ['', `\`${name}\``, value === undefined ? '' : `\`${value}\``, description, '']
    expect(table).toContain(cells.join(' | ').trim().replace(/ {2,}/g, ' '))
  }
})

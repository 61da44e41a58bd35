import { writeCsvTemplate, writeXlsxTemplate } from '@mikromerit/exchange'
import { findDefinition } from '../achievements/find-definition.ts'
import type { Runtime } from '../runtime.ts'
import type { TemplateQuery } from './schemas.ts'

interface TemplateFile {
  readonly mediaType: string
  readonly fileName: string
  readonly body: Buffer | string
}

/**
 * A table to fill in for one definition.
 * @throws Problem achievement-not-found, not-delegated
 */
export async function writeTemplate(
  runtime: Runtime,
  { organisation, achievement }: { readonly organisation: string; readonly achievement: string },
  { format, language }: TemplateQuery,
): Promise<TemplateFile> {
  const { definition } = await findDefinition(runtime, organisation, achievement)
  const fileName = `${achievement}-${language}.${format}`
  if (format === 'csv') {
    const body = writeCsvTemplate(definition, language)
    return { mediaType: 'text/csv; charset=utf-8', fileName, body }
  }
  const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { mediaType, fileName, body: writeXlsxTemplate(definition, language) }
}

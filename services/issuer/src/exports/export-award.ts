import { projectElmVc11 } from '@mikromerit/credentials'
import { signDocument, writeElmo } from '@mikromerit/exchange'
import { Problem } from '@mikromerit/service-kit'
import { lockAwardForIssuing, lockAwardForOffer } from '../awards/lock-award.ts'
import type { AwardParams } from '../awards/schemas.ts'
import type { Runtime } from '../runtime.ts'
import { bakeBadge } from './bake-badge.ts'
import type { Exportable } from './exportable.ts'
import type { ExportFormat, SignedExport } from './formats.ts'
import { printPdf, printQr } from './print-export.ts'
import { signExport } from './sign-export.ts'

export interface ExportedFile {
  readonly mediaType: string
  readonly fileName: string
  readonly body: Buffer | string
}

/**
 * Takes an award out as a file.
 * @throws Problem award-not-found, award-not-valid, award-erased, export-by-offer, export-unprintable
 */
export async function exportAward(
  runtime: Runtime,
  { organisation: organisationId, award: id }: AwardParams,
  format: ExportFormat,
): Promise<ExportedFile> {
  if (format === 'sd_jwt_vc') throw new Problem('export-by-offer')
  const issuer = await runtime.issuers.find(organisationId)
  if (!issuer) throw new Problem('organisation-not-found')
  // Locked until the copy is recorded: a revocation comes before, and refuses it, or after, and revokes it.
  return runtime.database.inOrganisation(organisationId, async (tx) => {
    await lockAwardForOffer(tx, { organisationId, id })
    const locked = await lockAwardForIssuing(runtime, tx, issuer, id)
    if (!locked) throw new Problem('award-erased')
    const { record } = locked
    const sign = (kind: SignedExport) => signExport(runtime, tx, { issuer, record, kind })
    const { extension, mediaType, write } = writers[format]
    const body = await write({ runtime, issuer, record, sign })
    return { mediaType, fileName: `${id}.${extension}`, body }
  })
}

interface Writer {
  readonly extension: string
  readonly mediaType: string
  readonly write: (exportable: Exportable) => Promise<Buffer | string>
}

const writers: Readonly<Record<Exclude<ExportFormat, 'sd_jwt_vc'>, Writer>> = {
  elmo: {
    extension: 'elmo.xml',
    mediaType: 'application/xml',
    write: ({ runtime, issuer, record }) => {
      const { learner } = record.award
      const { xml } = writeElmo({ learner, records: [record], generatedAt: runtime.clock.now() })
      return signDocument(xml, issuer.signer)
    },
  },
  edc: {
    extension: 'edc.jsonld',
    mediaType: 'application/ld+json',
    write: async ({ runtime, issuer, record }) => {
      const issuedAt = runtime.clock.now()
      const { credential } = projectElmVc11(record, { issuer: issuer.identifier, issuedAt })
      return JSON.stringify(credential)
    },
  },
  elm: {
    extension: 'elm.vc.jwt',
    mediaType: 'application/vc+jwt',
    write: ({ sign }) => sign('elm'),
  },
  open_badge: {
    extension: 'badge.vc.jwt',
    mediaType: 'application/vc+jwt',
    write: ({ sign }) => sign('open_badge'),
  },
  open_badge_png: {
    extension: 'badge.png',
    mediaType: 'image/png',
    write: (exportable) => bakeBadge(exportable, 'png'),
  },
  open_badge_svg: {
    extension: 'badge.svg',
    mediaType: 'image/svg+xml',
    write: (exportable) => bakeBadge(exportable, 'svg'),
  },
  pdf: { extension: 'pdf', mediaType: 'application/pdf', write: printPdf },
  qr: { extension: 'qr.svg', mediaType: 'image/svg+xml', write: printQr },
}

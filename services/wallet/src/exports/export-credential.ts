import { Problem } from '@mikromerit/service-kit'
import { type OpenCredential, openCredential } from '../claims/open-credential.ts'
import type { WalletContext } from '../context.ts'
import { demandCredential } from '../credentials/credentials.ts'
import type { HeldCredential } from '../credentials/stored-credential.ts'
import { asHolder } from '../holders/holders.ts'
import { buildShareUrl } from '../shares/share-secret.ts'
import { demandShare } from '../shares/shares.ts'
import { bakeBadge } from './bake-badge.ts'
import { exportElmo } from './export-elmo.ts'
import { printPdf, printQr } from './print-export.ts'
import type { ExportFormat, ExportQuery } from './schemas.ts'

interface ExportRequest extends ExportQuery {
  readonly credentialId: string
}

export interface ExportedFile {
  readonly mediaType: string
  readonly fileName: string
  readonly body: Buffer | string
}

/** A credential on its way out. */
interface Exportable {
  readonly context: WalletContext
  readonly held: HeldCredential
  readonly opened: OpenCredential
  readonly token: string
  readonly types: readonly string[]
  /** The link that a code on paper opens. */
  readonly shareUrl: string | undefined
}

interface Writer {
  readonly extension: string
  readonly mediaType: string
  /** Type of the W3C credential this can be made of; absent when any credential will do. */
  readonly type?: string
  readonly write: (exportable: Exportable) => Promise<Buffer | string> | Buffer | string
}

/**
 * Takes a credential out as a file.
 * Throws `credential-not-found`, `export-not-held`, `export-not-valid`, `share-not-found` or `export-needs-share`.
 */
export async function exportCredential(
  context: WalletContext,
  holderId: string,
  { credentialId, format, share }: ExportRequest,
): Promise<ExportedFile> {
  const held = await asHolder(context, holderId, async (tx, holder) => {
    const found = await demandCredential(tx, holder, credentialId)
    if (share !== undefined) await demandShare(context, tx, { holder, credentialId, id: share })
    return found
  })
  const { token, types = [] } = held.content
  const { extension, mediaType, type, write } = writers[format]
  const isHeld = type === undefined || types.includes(type)
  if (!isHeld || (format === 'sd_jwt_vc' && !token.includes('~')))
    throw new Problem('export-not-held')
  const opened = openCredential(token)
  const shareUrl = share === undefined ? undefined : buildShareUrl(context, holderId, share)
  const body = await write({ context, held, opened, token, types, shareUrl })
  return { mediaType, fileName: `${credentialId}.${extension}`, body }
}

const badge = 'OpenBadgeCredential'
const europeanCredential = 'EuropeanDigitalCredential'
const asSigned = ({ token }: Exportable) => token

const writers: Readonly<Record<ExportFormat, Writer>> = {
  sd_jwt_vc: {
    extension: 'dc.sd.jwt',
    mediaType: 'application/dc+sd-jwt',
    write: ({ opened }) => opened.present(opened.disclosable),
  },
  elm: {
    extension: 'elm.vc.jwt',
    mediaType: 'application/vc+jwt',
    type: europeanCredential,
    write: asSigned,
  },
  edc: {
    extension: 'edc.jsonld',
    mediaType: 'application/ld+json',
    type: europeanCredential,
    write: ({ opened }) => JSON.stringify(opened.payload),
  },
  elmo: {
    extension: 'elmo.xml',
    mediaType: 'application/xml',
    write: ({ context, held }) => exportElmo(context, held),
  },
  open_badge: {
    extension: 'badge.vc.jwt',
    mediaType: 'application/vc+jwt',
    type: badge,
    write: asSigned,
  },
  open_badge_json: {
    extension: 'badge.jsonld',
    mediaType: 'application/ld+json',
    type: badge,
    write: ({ opened }) => JSON.stringify(opened.vc?.credential ?? opened.payload),
  },
  open_badge_png: {
    extension: 'badge.png',
    mediaType: 'image/png',
    type: badge,
    write: ({ opened, token }) => bakeBadge(opened, token, 'png'),
  },
  open_badge_svg: {
    extension: 'badge.svg',
    mediaType: 'image/svg+xml',
    type: badge,
    write: ({ opened, token }) => bakeBadge(opened, token, 'svg'),
  },
  pdf: {
    extension: 'pdf',
    mediaType: 'application/pdf',
    write: ({ context, opened, shareUrl }) => printPdf(context, opened, shareUrl),
  },
  qr: {
    extension: 'qr.svg',
    mediaType: 'image/svg+xml',
    write: ({ context, shareUrl }) => printQr(context, shareUrl),
  },
}

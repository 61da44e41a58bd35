import { buildJsonDocument, type CachedDocument } from '../../cached-document.ts'
import type { Issuer } from '../../organisations/issuers.ts'
import {
  buildAuthorizationServerMetadata,
  buildIssuerMetadata,
  buildJwks,
  buildVcIssuerMetadata,
} from './issuer-metadata.ts'

/** The public documents of one issuer, by the name of their route. */
export interface IssuerDocuments {
  readonly issuerMetadata: CachedDocument
  readonly authorizationServerMetadata: CachedDocument
  readonly vcIssuerMetadata: CachedDocument
  readonly jwks: CachedDocument
}

// An Issuer is loaded anew when its keys may have changed; its documents live as long as it does.
const built = new WeakMap<Issuer, IssuerDocuments>()

/** Serialised once per loaded issuer: the metadata of a busy issuer is read at every issuance. */
export function findDocuments(issuer: Issuer, publicUrl: string): IssuerDocuments {
  const known = built.get(issuer)
  if (known) return known
  const documents = {
    issuerMetadata: buildJsonDocument(buildIssuerMetadata(issuer, publicUrl)),
    authorizationServerMetadata: buildJsonDocument(buildAuthorizationServerMetadata(issuer)),
    vcIssuerMetadata: buildJsonDocument(buildVcIssuerMetadata(issuer)),
    jwks: buildJsonDocument(buildJwks(issuer)),
  }
  built.set(issuer, documents)
  return documents
}

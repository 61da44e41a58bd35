const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** The certificates of a PEM bundle, one text each; whatever else the file holds is left out. */
export const splitPem = (text: string): string[] => text.match(certificate) ?? []

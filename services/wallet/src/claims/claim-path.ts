/** OpenID4VP 7: names, indexes, and null for every element of an array. */
export type ClaimPath = readonly (string | number | null)[]

export const joinPath = (path: ClaimPath): string => path.map((part) => part ?? '*').join('.')

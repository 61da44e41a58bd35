/** BCP 47: a normalised micro-credential does not say which language its texts are in. */
export const unknownLanguage = 'und'

/** Two bits per entry: valid, invalid and suspended need them (I-50). */
export const bitsPerStatus = 2

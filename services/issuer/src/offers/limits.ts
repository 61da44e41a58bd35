/** Bounds of an offer's life: long enough for a letter to arrive, short enough to be forgotten. */
export const minOfferLifetimeSeconds = 60
export const maxOfferLifetimeSeconds = 2_592_000

/** How a wallet may come by what is offered: by the offer's own code, or by its learner signing in. */
export const offerGrants = ['pre-authorized_code', 'authorization_code'] as const
export type OfferGrant = (typeof offerGrants)[number]

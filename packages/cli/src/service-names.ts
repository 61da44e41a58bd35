export const serviceNames = ['issuer', 'wallet', 'verifier'] as const
export type ServiceName = (typeof serviceNames)[number]

export const isServiceName = (name: string): name is ServiceName =>
  serviceNames.some((known) => known === name)

import { cpus, release, totalmem, type } from 'node:os'

/** What the figures depend on besides the code. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memory: string
  readonly system: string
  readonly node: string
  readonly postgres?: string | undefined
}

export function describeThisMachine(postgres: string | undefined): Machine {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown processor',
    cores: processors.length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    postgres,
  }
}

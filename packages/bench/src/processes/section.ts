import { setTimeout as pause } from 'node:timers/promises'
import { median } from '../measuring/statistics.ts'
import { asMegabytes, asMilliseconds } from '../report/figures.ts'
import type { Row, Section } from '../report/row.ts'
import { type Memory, readMemory } from '../services/memory.ts'
import { type ServiceName, serviceNames } from '../services/service-process.ts'
import type { Workbench } from '../services/workbench.ts'

const megabyte = 1_000_000
const restMilliseconds = 3_000

/** How fast the services start, and what memory they hold: after the load of this run, and at rest. */
export async function measureProcesses(bench: Workbench, repetitions: number): Promise<Section> {
  const rows: Row[] = []
  for (const name of serviceNames) {
    const loaded = await memoryOf(bench, name)
    const { times, rest } = await startRepeatedly(bench, name, repetitions)
    const time = median(times)
    rows.push({
      what: `cold start, ${name}`,
      figure: asMilliseconds(time),
      comparedWith: `slowest of ${repetitions}: ${asMilliseconds(Math.max(...times))}`,
      ratio: '',
      target: '< 1 s',
      isMet: time < 1_000,
    })
    if (rest) rows.push(describeMemory(`memory at rest, ${name}`, rest.resident, 150))
    if (loaded) rows.push(describeMemory(`memory under load, ${name}`, loaded.peak, 300))
  }
  return { title: 'Processes', meaning, rows }
}

async function memoryOf(bench: Workbench, name: ServiceName): Promise<Memory | undefined> {
  const service = await bench.running(name)
  return service && readMemory(service.pid)
}

async function startRepeatedly(bench: Workbench, name: ServiceName, repetitions: number) {
  const times: number[] = []
  let rest: Memory | undefined
  // Once more than is counted: the first start on a fresh database runs the migrations.
  for (let at = 0; at <= repetitions; at++) {
    await bench.stop(name)
    const { startMilliseconds, pid } = await bench.start(name)
    if (at > 0) times.push(startMilliseconds)
    if (at < repetitions) continue
    await pause(restMilliseconds)
    rest = await readMemory(pid)
  }
  await bench.stop(name)
  return { times, rest }
}

const describeMemory = (what: string, bytes: number, limitMegabytes: number): Row => ({
  what,
  figure: asMegabytes(bytes),
  comparedWith: '',
  ratio: '',
  target: `< ${limitMegabytes} MB`,
  isMet: bytes < limitMegabytes * megabyte,
})

const meaning = `Cold start: from starting the process of a built service to its first \`200\` from \`/readyz\`, on a database that
answers and is migrated; median of the starts. Memory is the resident set: at rest three seconds after a start,
under load the greatest it reached in the sections above (sixteen flows in flight).`

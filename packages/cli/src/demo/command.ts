import { parseOptions } from '../arguments.ts'
import { readDataDir, readServiceUrls } from '../places.ts'
import { runDemo } from './demo.ts'

/** The main job against services that run already. */
export async function demonstrate(args: string[]): Promise<number> {
  parseOptions(args, [])
  return runDemo({ urls: readServiceUrls(process.env), dataDir: readDataDir(process.env) })
}

export { type DemoOptions, runDemo } from './demo/demo.ts'
export {
  type LocalServices,
  type LocalServicesOptions,
  startLocalServices,
} from './local/local-services.ts'
export type { ServiceName } from './service-names.ts'

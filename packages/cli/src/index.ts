export { type DemoOptions, runDemo } from './demo/demo.ts'
export {
  type LocalServices,
  type LocalServicesOptions,
  type ServiceName,
  startLocalServices,
} from './local/local-services.ts'

export { type FixedClock, fixedClock } from './fixed-clock.ts'
export { testAccessToken } from './test-access-token.ts'
export { testConfig, testDataDir } from './test-config.ts'
export { startTestDatabase, type TestDatabase } from './test-database.ts'

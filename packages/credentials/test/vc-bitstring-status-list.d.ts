/** What our tests use of a library that comes without types. */
declare module '@digitalbazaar/vc-bitstring-status-list' {
  interface BitstringStatusList {
    readonly length: number
    setStatus(index: number, status: boolean): void
    getStatus(index: number): boolean
  }

  export function createList(options: { length: number }): Promise<BitstringStatusList>
  export function decodeList(options: { encodedList: string }): Promise<BitstringStatusList>
  export function createCredential(options: {
    id: string
    list: BitstringStatusList
    statusPurpose: string
  }): Promise<{ credentialSubject: { encodedList: string } }>
  export function checkStatus(options: {
    credential: object
    documentLoader(url: string): Promise<{ document: object }>
    verifyBitstringStatusListCredential: boolean
  }): Promise<{ verified: boolean; results?: { status: boolean }[]; error?: Error }>
}

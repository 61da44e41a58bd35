const name = 'request_session'

/** The session of a page, from the browser's cookies. */
export const readSessionCookie = (header: string | undefined): string | undefined =>
  (header ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([key]) => key === name)?.[1]

/** Sent to this page alone, by this page alone, and unseen by scripts. */
export function writeSessionCookie(session: string, pageUri: string, deleteAt: Date): string {
  const { pathname, protocol } = new URL(pageUri)
  const attributes = [
    `Path=${pathname}`,
    `Expires=${deleteAt.toUTCString()}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(protocol === 'https:' ? ['Secure'] : []),
  ]
  return [`${name}=${session}`, ...attributes].join('; ')
}

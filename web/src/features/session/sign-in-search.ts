export type SignInSearch = { redirect?: string | undefined }

/** Where to go after signing in. Only paths of this app: a link must not lead people elsewhere. */
export function signInSearch(search: Record<string, unknown>): SignInSearch {
  const { redirect } = search
  return typeof redirect === 'string' && /^\/(?![/\\])/.test(redirect) ? { redirect } : {}
}

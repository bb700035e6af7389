/** `ended`: whether it is because a session came to its end. */
export type SignInSearch = { redirect?: string | undefined; ended?: true | undefined }

/** Where to go after signing in. Only paths of this app: a link must not lead people elsewhere. */
export function signInSearch({ redirect, ended }: Record<string, unknown>): SignInSearch {
  const found: SignInSearch = {}
  if (typeof redirect === 'string' && /^\/(?![/\\])/.test(redirect)) found.redirect = redirect
  if (String(ended) === 'true') found.ended = true
  return found
}

const key = 'tarn.invitation'

/**
 * The secret of the invitation this tab came with. It stands behind the `#` of its link, which browsers
 * send to no server, and is kept while the user signs in or registers.
 */
export function keptInvitation(): string | null {
  return sessionStorage.getItem(key)
}

export function keepInvitation(secret: string) {
  sessionStorage.setItem(key, secret)
}

export function forgetInvitation() {
  sessionStorage.removeItem(key)
}

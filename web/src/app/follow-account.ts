import { flushSync } from 'react-dom'
import { isProblem } from '@/api/api-problem'
import { call } from '@/api/client'
import { closeChanges, doubtAccount, followTabs, openChanges } from '@/api/shown-account'
import type { Me } from '@/api/types'
import { meQuery } from '@/api/users'
import { dismissToasts } from '@/ui/toast'
import type { Tarn } from './create-tarn'
import { isBehindSignIn, signInAgain } from './router'

/**
 * Lets this tab show whoever the browser is signed in as, whatever other tabs do. When that is another
 * account, all that is shown is taken away first: `setAway` does it.
 */
export function followAccount(
  { queryClient, router }: Tarn,
  setAway: (isAway: boolean) => void,
): () => void {
  let shown = queryClient.getQueryData(meQuery.queryKey)?.id ?? null
  let next: Me | null = null
  let isReplacing = false

  const endFollowing = followTabs(async (isLatest) => {
    const { user } = await call('GET', '/api/sessions/current')
    if (isLatest()) show(user ?? null)
  })

  function show(user: Me | null) {
    const now = isReplacing ? (next?.id ?? null) : shown
    if (now === (user?.id ?? null)) return
    if (isReplacing || shown !== null) void replace(user)
    else if (user) welcome(user)
  }

  /** The pages of strangers lead on. */
  function welcome(user: Me) {
    queryClient.setQueryData(meQuery.queryKey, user)
    void router.invalidate()
  }

  async function replace(user: Me | null) {
    next = user
    if (isReplacing) return
    isReplacing = true
    queryClient.clear()
    closeChanges()
    flushSync(() => setAway(true))
    // Pages that save what is typed when they are left have begun to.
    queryClient.clear()
    await new Promise((resolve) => setTimeout(resolve))
    dismissToasts()
    if (next) queryClient.setQueryData(meQuery.queryKey, next)
    else if (isBehindSignIn(router)) await signInAgain(router)
    shown = queryClient.getQueryData(meQuery.queryKey)?.id ?? null
    isReplacing = false
    openChanges()
    setAway(false)
    if (next && shown === null) welcome(next)
  }

  const unsubscribe = queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] !== meQuery.queryKey[0] || isReplacing) return
    const state = queryClient.getQueryState(meQuery.queryKey)
    const isOver = state?.status === 'error' && isProblem(state.error, 'unauthenticated')
    const user = isOver ? null : state?.data
    if (shown !== null && user !== undefined && user?.id !== shown) void replace(user)
    else shown = user?.id ?? null
  })
  const onVisible = () => {
    if (!document.hidden) doubtAccount()
  }
  const onShown = ({ persisted }: PageTransitionEvent) => {
    if (persisted) doubtAccount()
  }
  document.addEventListener('visibilitychange', onVisible)
  addEventListener('pageshow', onShown)
  return () => {
    endFollowing()
    unsubscribe()
    document.removeEventListener('visibilitychange', onVisible)
    removeEventListener('pageshow', onShown)
  }
}

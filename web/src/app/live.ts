import type { LiveEvent } from '@/api/live-events'
import { joinLive, type LiveTab, startHub } from '@/api/live-tab'
import { doubtAccount } from '@/api/shown-account'
import { meQuery } from '@/api/users'
import { hasService } from '@/ui/has-service'
import type { Tarn } from './create-tarn'
import { followChanges } from './follow-changes'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Shows what others do while a user is signed in; where there is no stream, nothing changes. */
export function startLive(tarn: Tarn) {
  if (hasService('worker') && startHub()) followLive(tarn, joinLive)
}

/** `join`: how a tab gets to hear the browser's one stream. */
export function followLive(
  { queryClient, router }: Tarn,
  join: (onEvent: (event: LiveEvent) => void) => LiveTab,
) {
  const follower = followChanges(queryClient)
  const tab = join((event) => {
    if (event.name === 'signed-out') doubtAccount()
    else follower.onEvent(event)
  })
  let user: string | undefined

  const onUser = () => {
    const now = queryClient.getQueryData(meQuery.queryKey)?.id
    if (now === user) return
    user = now
    follower.stop()
    if (user) tab.listen()
    else tab.stop()
  }
  const look = () => {
    const { projectId = '' } = Object.assign(
      {},
      ...router.state.matches.map(({ params }) => params),
    )
    tab.look(!document.hidden && uuid.test(projectId) ? [projectId] : [])
  }
  queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] === meQuery.queryKey[0]) onUser()
  })
  router.subscribe('onResolved', look)
  document.addEventListener('visibilitychange', look)
  look()
  onUser()
}

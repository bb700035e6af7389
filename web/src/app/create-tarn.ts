import { MutationCache, QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query'
import type { RouterHistory } from '@tanstack/react-router'
import { ApiProblem, explain, isProblem } from '@/api/api-problem'
import { projectsKey } from '@/api/projects'
import { meQuery } from '@/api/users'
import { setReaderZone } from '@/ui/dates'
import { toastProblem } from '@/ui/toast'
import { createAppRouter, signInAgain } from './router'

declare module '@tanstack/react-query' {
  interface Register {
    /** `shown`: the mutation's own form or handler tells the user, so no toast is needed. */
    mutationMeta: { shown?: boolean }
  }
}

export type Tarn = ReturnType<typeof createTarn>

/** The app's two long-lived things, which know of each other in one place: a lost session. */
export function createTarn({
  history,
  retries = 2,
}: {
  history?: RouterHistory
  retries?: number
} = {}) {
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (isProblem(error, 'unauthenticated') && query.queryKey[0] !== 'me') askToSignIn()
        if (isProblem(error, 'not-found')) lookForProject(query.queryKey)
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        // Of an account that is no longer shown.
        if (
          !queryClient
            .getMutationCache()
            .getAll()
            .some((one) => one === mutation)
        )
          return
        if (isProblem(error, 'not-found')) lookForProject()
        if (isProblem(error, 'unauthenticated')) askToSignIn()
        else if (!mutation.meta?.shown) toastProblem(explain(error))
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < retries && !isFinal(error),
      },
    },
  })
  // All that is shown of dates is where the signed-in user's account is.
  queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] === meQuery.queryKey[0])
      setReaderZone(queryClient.getQueryData(meQuery.queryKey)?.timeZone)
  })
  const router = createAppRouter(queryClient, history)

  function askToSignIn() {
    if (router.state.location.pathname === '/sign-in') return
    queryClient.clear()
    void signInAgain(router)
  }

  /** What is not found may have gone with its project: a page of it then says so. */
  function lookForProject(missing: QueryKey = []) {
    if (isOneProject(missing)) void queryClient.invalidateQueries({ queryKey: projectsKey })
    else void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isOneProject(queryKey) })
  }

  return { queryClient, router }
}

const isOneProject = (key: QueryKey) => key[0] === 'project' && key.length === 2

/** A refusal stays a refusal however often one asks. */
function isFinal(error: Error) {
  return error instanceof ApiProblem && error.status < 500
}

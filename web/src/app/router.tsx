import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router'
import { type ComponentType, lazy } from 'react'
import { isProblem } from '@/api/api-problem'
import type { TaskView } from '@/api/types'
import { meQuery, registrationQuery } from '@/api/users'
import { calculatorSearch } from '@/features/calculator/calculator-search'
import { itemSearch } from '@/features/items/item-search'
import { peopleSearch } from '@/features/people/people-search'
import { postSearch } from '@/features/posts/post-search'
import { projectSearch } from '@/features/projects/project-search'
import { type SignInSearch, signInSearch } from '@/features/session/sign-in-search'
import { taskSearch } from '@/features/tasks/task-search'
import { hasService, type OptionalService } from '@/ui/has-service'
import { NotFoundPage, ProblemPage } from './problem-page'
import { Root } from './root'
import { Shell, ShellSkeleton } from './shell'

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFoundPage,
})

type StrangerContext = { context: { queryClient: QueryClient }; search: SignInSearch }

/** Before a page for strangers: whoever is signed in goes on to where they wanted to go. */
async function leadOn({ context, search }: StrangerContext) {
  const me = context.queryClient.ensureQueryData({ ...meQuery, retry: false })
  if (await me.catch(() => null))
    throw redirect({ href: search.redirect ?? '/projects', replace: true })
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: leadOn,
  component: lazyRouteComponent(() => import('@/features/session/sign-in-page'), 'SignInPage'),
})

const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  validateSearch: signInSearch,
  beforeLoad: leadOn,
  component: lazyRouteComponent(() => import('@/features/session/register-page'), 'RegisterPage'),
})

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyRouteComponent(
    () => import('@/features/session/invitation-page'),
    'InvitationPage',
  ),
})

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset',
  component: lazyRouteComponent(() => import('@/features/session/reset-page'), 'ResetPage'),
})

/** Pages of the documentation are no pages of the app, but signing in leads back to them. */
const docsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/docs/$',
  beforeLoad: ({ location }) => {
    throw redirect({ href: location.href, reloadDocument: true })
  },
})

/** Everything behind sign-in. */
const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: Shell,
  pendingComponent: ShellSkeleton,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (isProblem(error, 'unauthenticated'))
        throw redirect({
          to: (await hasUsers(context.queryClient)) ? '/sign-in' : '/register',
          search: { redirect: location.href },
        })
      throw error
    }
  },
})

/** Whether users can sign in: false until the first account is set up. */
async function hasUsers(queryClient: QueryClient): Promise<boolean> {
  const registration = queryClient.ensureQueryData({ ...registrationQuery, retry: false })
  return !(await registration.catch(() => null))?.firstUser
}

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/projects', replace: true })
  },
})

const projectsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects',
  validateSearch: projectSearch,
  component: lazyRouteComponent(() => import('@/features/projects/projects-page'), 'ProjectsPage'),
})

const projectsTrashRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects/trash',
  component: lazyRouteComponent(
    () => import('@/features/projects/projects-trash-page'),
    'ProjectsTrashPage',
  ),
})

/** Before a page of a service that this Tarn may run without. */
const requires = (service: OptionalService) => () => {
  if (!hasService(service)) throw notFound({ data: service })
}

/** What a task shows of other features, which know tasks no more than tasks know them. */
type TaskParts = { TaskComments: ComponentType<{ task: TaskView; editable: boolean }> | undefined }

const TaskComments = lazy(() =>
  import('@/features/posts/task-comments').then((file) => ({ default: file.TaskComments })),
)

const projectRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects/$projectId',
  validateSearch: taskSearch,
  context: (): TaskParts => ({ TaskComments: hasService('posts') ? TaskComments : undefined }),
  component: lazyRouteComponent(() => import('@/features/tasks/project-page'), 'ProjectPage'),
})

const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects/$projectId/settings',
  component: lazyRouteComponent(
    () => import('@/features/project-settings/project-settings-page'),
    'ProjectSettingsPage',
  ),
})

const itemsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects/$projectId/items',
  validateSearch: itemSearch,
  component: lazyRouteComponent(() => import('@/features/items/items-page'), 'ItemsPage'),
})

const ownItemsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/items',
  validateSearch: itemSearch,
  component: lazyRouteComponent(() => import('@/features/items/items-page'), 'OwnItemsPage'),
})

const ownTrashRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/items/trash',
  component: lazyRouteComponent(() => import('@/features/items/own-trash-page'), 'OwnTrashPage'),
})

const postsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects/$projectId/posts',
  beforeLoad: requires('posts'),
  validateSearch: postSearch,
  component: lazyRouteComponent(() => import('@/features/posts/posts-page'), 'PostsPage'),
})

const postRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects/$projectId/posts/$postId',
  beforeLoad: requires('posts'),
  component: lazyRouteComponent(() => import('@/features/posts/post-page'), 'PostPage'),
})

const trashRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects/$projectId/trash',
  component: lazyRouteComponent(() => import('@/features/tasks/trash-page'), 'TrashPage'),
})

const importRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/import',
  component: lazyRouteComponent(() => import('@/features/imports/import-page'), 'ImportPage'),
})

const importJobRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/import/$jobId',
  component: lazyRouteComponent(
    () => import('@/features/imports/import-job-page'),
    'ImportJobPage',
  ),
})

const calculatorRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/calculator',
  beforeLoad: requires('calculator'),
  validateSearch: calculatorSearch,
  component: lazyRouteComponent(
    () => import('@/features/calculator/calculator-page'),
    'CalculatorPage',
  ),
})

const timetableRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/timetable',
  beforeLoad: requires('worker'),
  component: lazyRouteComponent(
    () => import('@/features/timetable/timetable-page'),
    'TimetablePage',
  ),
})

const accountRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/account/account-page'), 'AccountPage'),
})

const peopleRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import('@/features/people/people-page'), 'PeoplePage'),
})

const securityRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/security',
  component: lazyRouteComponent(() => import('@/features/security/security-page'), 'SecurityPage'),
})

const ownSecurityRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/account/security',
  component: lazyRouteComponent(
    () => import('@/features/security/security-page'),
    'OwnSecurityPage',
  ),
})

const routeTree = rootRoute.addChildren([
  signInRoute,
  registerRoute,
  invitationRoute,
  resetRoute,
  docsRoute,
  appRoute.addChildren([
    homeRoute,
    projectsRoute,
    projectsTrashRoute,
    projectRoute,
    settingsRoute,
    itemsRoute,
    ownItemsRoute,
    ownTrashRoute,
    postsRoute,
    postRoute,
    trashRoute,
    importRoute,
    importJobRoute,
    calculatorRoute,
    timetableRoute,
    accountRoute,
    peopleRoute,
    securityRoute,
    ownSecurityRoute,
  ]),
])

export function createAppRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ProblemPage,
    scrollRestoration: false,
    // Plain query strings: ids and words need no JSON quotes, and people read and share these URLs.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const given = Object.entries(search).filter(
        ([, value]) => value !== undefined && value !== '',
      )
      const text = new URLSearchParams(
        given.map(([name, value]) => [name, String(value)]),
      ).toString()
      return text && `?${text}`
    },
    ...(history ? { history } : {}),
  })
}

/** Where a session has ended; whoever signs in again goes on where they were. */
export async function signInAgain(router: ReturnType<typeof createAppRouter>) {
  const redirect = router.state.location.href
  await router.navigate({ to: '/sign-in', search: { redirect, ended: true } })
}

/** Whether the page is one of those behind sign-in. */
export const isBehindSignIn = (router: ReturnType<typeof createAppRouter>) =>
  router.state.matches.some(({ routeId }) => routeId === appRoute.id)

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}

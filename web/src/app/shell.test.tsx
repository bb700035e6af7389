import { onlineManager } from '@tanstack/react-query'
import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { projectsKey, projectsQuery } from '@/api/projects'
import { Refused } from '@/testing/fake-call'
import { addProject } from '@/testing/fake-projects'
import { startApp, tarnWithAda, tarnWithProject } from '@/testing/start-app'

const sidebarProjects = () =>
  within(screen.getByRole('navigation', { name: 'Main' })).queryAllByRole('link', { name: /^Hut/ })

describe('the shell', () => {
  it('leads from the root to the projects', async () => {
    const { tarn, ada } = tarnWithAda()
    const { url } = startApp(tarn, '/', ada)

    await waitFor(() => expect(url()).toBe('/projects'))
    await waitFor(() => expect(document.title).toBe('Projects · Tarn'))
  })

  it('shows the keys one can press', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/projects', ada)
    await screen.findByText('Start your first project')

    await user.keyboard('?')

    const shortcuts = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(shortcuts).toBeVisible()
    for (const text of ['post, comment or reply', 'task, project, item or post', '⌘', 'Mention'])
      expect(shortcuts).toHaveTextContent(text)
  })

  it('offers the time zone of the browser to an account in UTC, once', async () => {
    const { tarn, ada } = tarnWithAda()
    const here = vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions')
    here.mockReturnValue({ timeZone: 'Asia/Tokyo' } as Intl.ResolvedDateTimeFormatOptions)
    const { user } = startApp(tarn, '/projects', ada)

    await user.click(await screen.findByRole('button', { name: 'Use that of this browser' }))

    await waitFor(() => expect(ada.timeZone).toBe('Asia/Tokyo'))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Keep UTC' })).toBeNull())
    here.mockRestore()
  })

  it('keeps the chosen theme in this browser, and nothing else', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/projects', ada)
    const changed = vi.fn()
    addEventListener('tarn:theme', changed)

    await user.click(await screen.findByRole('button', { name: 'Dark' }))
    expect({ ...localStorage }).toEqual({ theme: 'dark' })
    expect(screen.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true')

    await user.click(screen.getByRole('button', { name: 'As the system' }))
    expect(localStorage).toHaveLength(0)
    expect(changed).toHaveBeenCalledTimes(2)
  })

  it('hides the pages of services that this Tarn runs without', async () => {
    document.head.insertAdjacentHTML(
      'beforeend',
      '<meta name="tarn-without" content="posts,calculator,worker">',
    )
    onTestFinished(() => document.querySelector('meta[name="tarn-without"]')?.remove())
    const { tarn, ada, project } = tarnWithProject()
    const { app, sent } = startApp(tarn, `/projects/${project.id}/trash`, ada)
    const goTo = (href: string) => act(() => app.router.navigate({ href }))

    await screen.findByText('The trash is empty')
    await goTo(`/projects/${project.id}`)
    await screen.findByRole('link', { name: 'Items' })
    expect(screen.queryByRole('link', { name: 'Posts' })).toBeNull()
    expect(screen.queryByRole('link', { name: 'Calculator' })).toBeNull()
    for (const [page, why] of [
      [`/projects/${project.id}/posts`, 'This Tarn runs without posts.'],
      ['/calculator', 'This Tarn runs without the calculator.'],
      ['/timetable', /without the worker/],
    ] as const) {
      await goTo(page)
      expect(await screen.findByText(why)).toBeVisible()
    }
    expect(sent('GET', /posts/)).toEqual([])
  })

  it('has a drawer for small screens', async () => {
    const { tarn, ada } = tarnWithAda()
    addProject(tarn, ada, 'Hut')
    const { user } = startApp(tarn, '/projects', ada)

    await user.click(await screen.findByRole('button', { name: 'Open navigation' }))
    const drawer = screen.getByRole('dialog', { name: 'Navigation' })
    expect(drawer).toHaveAttribute('open')
    await user.pointer({ keys: '[MouseLeft]', target: drawer })

    await waitFor(() => expect(drawer).not.toBeInTheDocument())
  })

  it('leads to every project, however many there are', async () => {
    const { tarn, ada } = tarnWithAda()
    for (let index = 1; index <= 120; index++) addProject(tarn, ada, `Hut ${index}`)
    startApp(tarn, '/calculator', ada)

    await waitFor(() => expect(sidebarProjects()).toHaveLength(120), { timeout: 60_000 })
  }, 90_000)

  it('reads on to the last project, also while the known ones are read again', async () => {
    const { tarn, ada } = tarnWithAda()
    for (let index = 1; index <= 51; index++) addProject(tarn, ada, `Hut ${index}`)
    const { app } = startApp(tarn, '/calculator', ada)
    await waitFor(() => expect(sidebarProjects()).toHaveLength(51))

    app.queryClient.setQueryData(
      projectsQuery().queryKey,
      (all) => all && { pages: all.pages.slice(0, 1), pageParams: all.pageParams.slice(0, 1) },
    )
    void app.queryClient.invalidateQueries({ queryKey: projectsKey })

    await waitFor(() => expect(sidebarProjects()).toHaveLength(50))
    await waitFor(() => expect(sidebarProjects()).toHaveLength(51), { timeout: 40_000 })
  })

  it('offers the further projects again when they could not be read', async () => {
    const { tarn, ada } = tarnWithAda()
    for (let index = 1; index <= 51; index++) addProject(tarn, ada, `Hut ${index}`)
    tarn.refuseNext('GET', /projects$/, new Refused(503, 'unavailable', 'Away.'), /cursor/)
    const { user } = startApp(tarn, '/calculator', ada)

    await user.click(await screen.findByRole('button', { name: 'Show more projects' }))

    await waitFor(() => expect(sidebarProjects()).toHaveLength(51))
    expect(screen.queryByRole('button', { name: 'Show more projects' })).toBeNull()
  })

  it('says when there is no connection', async () => {
    const { tarn, ada } = tarnWithAda()
    startApp(tarn, '/projects', ada)
    await screen.findByText('Start your first project')

    act(() => onlineManager.setOnline(false))
    expect(screen.getByText(/You are offline/)).toBeVisible()
    act(() => onlineManager.setOnline(true))

    expect(screen.queryByText(/You are offline/)).not.toBeInTheDocument()
  })

  it('says when the server does not answer, until it does again', async () => {
    const { tarn, ada } = tarnWithAda()
    tarn.refuseNext('GET', /projects$/, 'offline')
    tarn.refuseNext('GET', /^\/health\/live$/, 'offline')
    const { user } = startApp(tarn, '/projects', ada)

    expect(await screen.findByText(/Tarn does not answer/, {}, { timeout: 10_000 })).toBeVisible()
    await user.click(screen.getAllByRole('button', { name: 'Try again' })[0] as HTMLElement)

    expect(await screen.findByText('Start your first project')).toBeVisible()
    expect(screen.queryByText(/Tarn does not answer/)).toBeNull()
  })

  it('knows what it does not know', async () => {
    const { tarn, ada } = tarnWithAda()
    startApp(tarn, '/nowhere', ada)

    expect(await screen.findByText('There is nothing here')).toBeVisible()
    expect(screen.getByText(/The address may be mistyped/)).toBeVisible()
  })

  it('offers to try again when it cannot start', async () => {
    const { tarn, ada } = tarnWithAda()
    tarn.refuseNext('GET', /sessions\/current/, new Refused(503, 'unavailable', 'Down.'))
    const { user } = startApp(tarn, '/projects', ada)

    await user.click(await screen.findByRole('button', { name: 'Try again' }))

    expect(await screen.findByText('Start your first project')).toBeVisible()
  })
})

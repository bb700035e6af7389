import { act, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Refused } from '@/testing/fake-call'
import { addProject } from '@/testing/fake-projects'
import { FakeTarn } from '@/testing/fake-tarn'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { password, startApp, tarnWithAda, tarnWithProject } from '@/testing/start-app'
import { signInSearch } from './sign-in-search'

async function fill(user: ReturnType<typeof startApp>['user'], values: Record<string, string>) {
  for (const [label, value] of Object.entries(values)) {
    await user.click(await screen.findByLabelText(label))
    await user.paste(value)
  }
}

describe('signing in', () => {
  it('sends a stranger to the sign-in page and afterwards to where they wanted to go', async () => {
    const { tarn, project } = tarnWithProject()
    const { user, url } = startApp(tarn, `/projects/${project.id}?view=board`)

    await fill(user, { 'E-mail': 'ada@example.org', Password: password })
    expect(document.title).toBe('Sign in · Tarn')
    await user.click(screen.getByRole('button', { name: 'Sign in' }))

    expect(await screen.findByRole('heading', { name: 'Mountain hut' })).toBeVisible()
    expect(url()).toBe(`/projects/${project.id}?view=board`)
  })

  it('sends the first visitor of a Tarn without users to the registration', async () => {
    const { url } = startApp(new FakeTarn(), '/')

    expect(await screen.findByRole('heading', { name: 'Welcome to Tarn' })).toBeVisible()
    expect(url()).toBe('/register?redirect=%2F')
  })

  it('says when the password is wrong, without a redirect', async () => {
    const { tarn } = tarnWithAda()
    const { user, url } = startApp(tarn, '/sign-in')

    await fill(user, { 'E-mail': 'ada@example.org', Password: 'something else' })
    await user.click(screen.getByRole('button', { name: 'Sign in' }))

    expect(await screen.findByRole('alert')).toHaveTextContent(/wrong/)
    expect(url()).toBe('/sign-in')
  })

  it('asks for what is missing before it asks the server', async () => {
    const { tarn } = tarnWithAda()
    const { user, sent } = startApp(tarn, '/sign-in')

    await user.click(await screen.findByRole('button', { name: 'Sign in' }))

    expect(await screen.findByText('Enter your e-mail address.')).toBeVisible()
    expect(screen.getByLabelText('Password')).toBeInvalid()
    expect(sent('POST', /sessions/)).toEqual([])
  })

  it.each(['/sign-in', '/register'])(
    'is not asked of whoever is signed in, at %s',
    async (page) => {
      const { tarn, ada } = tarnWithAda()
      const { app, url } = startApp(tarn, page, ada)
      await waitFor(() => expect(url()).toBe('/projects'))

      await act(() => app.router.navigate({ href: `${page}?redirect=/items` }))

      await waitFor(() => expect(url()).toBe('/items'))
    },
  )

  it('leads only to pages of this app', () => {
    expect(signInSearch({ redirect: '/projects?view=board' })).toEqual({
      redirect: '/projects?view=board',
    })
    for (const elsewhere of ['https://evil.example', '//evil.example', '/\\evil.example', 7])
      expect(signInSearch({ redirect: elsewhere })).toEqual({})
  })

  it('tells that too many attempts have to wait', async () => {
    const { tarn } = tarnWithAda()
    tarn.refuseNext(
      'POST',
      /sessions/,
      new Refused(429, 'too-many-requests', 'Slow down.', [], { 'Retry-After': '30' }),
    )
    const { user } = startApp(tarn, '/sign-in')

    await fill(user, { 'E-mail': 'ada@example.org', Password: password })
    await user.click(screen.getByRole('button', { name: 'Sign in' }))

    expect(await screen.findByRole('alert')).toHaveTextContent('Try again in 30 seconds.')
  })
})

describe('a session', () => {
  it('that ends while one works leads to sign-in and back to the page', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const { user, url } = startApp(tarn, '/projects', ada)
    const link = (await screen.findAllByRole('link', { name: /Mountain hut/ })).at(-1)
    tarn.sessions = []

    if (link) await user.click(link)

    expect(await screen.findByRole('heading', { name: 'Sign in to Tarn' })).toBeVisible()
    await fill(user, { 'E-mail': 'ada@example.org', Password: password })
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    await waitFor(() => expect(url()).toBe(`/projects/${project.id}`))
  })

  it('that ends while a task is changed says so, and what was typed is there afterwards', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const task = addTask(tarn, { projectId: project.id, createdBy: ada.id, title: 'Mend the roof' })
    const { user, url } = startApp(tarn, `/projects/${project.id}?task=${task.id}`, ada)
    await user.type(await screen.findByLabelText('Title'), ' soon')
    await user.selectOptions(screen.getByLabelText('Priority'), 'High')
    tarn.sessions = []
    await user.click(screen.getByRole('button', { name: 'Save' }))

    expect(await screen.findByText(/You were signed out in the meantime/)).toBeVisible()
    expect(screen.queryByText('Discard your changes?')).toBeNull()
    Object.assign(task, { title: 'Sell the hut', version: 2 })
    await fill(user, { 'E-mail': 'ada@example.org', Password: password })
    await user.click(screen.getByRole('button', { name: 'Sign in' }))

    await waitFor(() => expect(screen.getByLabelText('Title')).toHaveValue('Mend the roof soon'))
    expect(screen.getByLabelText('Priority')).toHaveValue('high')
    expect(url()).toContain(`task=${task.id}`)
    await user.click(screen.getByRole('button', { name: 'Save' }))
    const notice = await screen.findByRole('alert', { name: 'Changed meanwhile' })
    expect(notice).toHaveTextContent('Sell the hut')
    await user.click(screen.getByRole('button', { name: 'Overwrite with mine' }))
    await waitFor(() => expect(task.title).toBe('Mend the roof soon'))
    expect(task.priority).toBe('high')
  })

  it('that ends while one comments keeps the words, and nothing of them once they are sent', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const task = addTask(tarn, { projectId: project.id, createdBy: ada.id, title: 'Mend the roof' })
    const { user } = startApp(tarn, `/projects/${project.id}?task=${task.id}`, ada)
    await user.type(await screen.findByRole('textbox', { name: 'Write a comment' }), 'Slate')
    tarn.sessions = []
    await user.click(screen.getByRole('button', { name: 'Comment' }))

    await screen.findByText(/You were signed out in the meantime/)
    await fill(user, { 'E-mail': 'ada@example.org', Password: password })
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: 'Write a comment' })).toHaveValue('Slate'),
    )
    await user.click(screen.getByRole('button', { name: 'Comment' }))

    expect(await screen.findByRole('article', { name: 'Comment by Ada Brandt' })).toBeVisible()
    const leaving = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(leaving)
    expect(leaving.defaultPrevented).toBe(false)
  })

  it('that ends keeps nothing typed for whoever signs in next', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    project.members.push({ userId: noor.id, role: 'editor', addedAt: ada.createdAt })
    const task = addTask(tarn, { projectId: project.id, createdBy: ada.id, title: 'Mend the roof' })
    const { user } = startApp(tarn, `/projects/${project.id}?task=${task.id}`, ada)
    await user.type(await screen.findByLabelText('Title'), ' soon')
    tarn.sessions = []
    await user.click(screen.getByRole('button', { name: 'Save' }))

    await screen.findByText(/You were signed out in the meantime/)
    await fill(user, { 'E-mail': 'noor@example.org', Password: password })
    await user.click(screen.getByRole('button', { name: 'Sign in' }))

    expect(await screen.findByLabelText('Title')).toHaveValue('Mend the roof')
    expect(screen.queryByText('Not saved yet')).toBeNull()
  })

  it('ends with sign-out, and nothing of it stays on screen', async () => {
    const { tarn, ada } = tarnWithAda()
    addProject(tarn, ada, 'Secret plans')
    const { user, sent } = startApp(tarn, '/projects', ada)
    await screen.findByRole('heading', { name: 'Secret plans' })

    await user.click(screen.getByRole('button', { name: 'Sign out' }))

    expect(await screen.findByRole('heading', { name: 'Sign in to Tarn' })).toBeVisible()
    expect(screen.queryByText('Secret plans')).toBeNull()
    expect(sent('DELETE', /sessions\/current/)).toHaveLength(1)
  })
})

describe('registering', () => {
  it('tells the first person that they become administrator, and lets them in', async () => {
    const tarn = new FakeTarn()
    const { user } = startApp(tarn, '/register')

    expect(await screen.findByText(/becomes the administrator/)).toBeVisible()
    await fill(user, { Name: 'Ada', 'E-mail': 'ada@example.org', Password: password })
    await user.click(screen.getByRole('button', { name: 'Create account' }))

    expect(await screen.findByText('Start your first project')).toBeVisible()
    expect(tarn.users[0]?.timeZone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
  })

  it('checks the form before it sends it', async () => {
    const { user, sent } = startApp(new FakeTarn(), '/register')

    await fill(user, { Name: ' ', 'E-mail': 'nobody', Password: 'short' })
    await user.click(screen.getByRole('button', { name: 'Create account' }))

    expect(await screen.findByText('Enter your name.')).toBeVisible()
    expect(screen.getByText('Enter an e-mail address.')).toBeVisible()
    expect(screen.getByLabelText('Password')).toBeInvalid()
    expect(sent('POST', /users/)).toEqual([])
  })

  it.each([
    [
      'E-mail',
      { 'E-mail': 'ada@example.org', Password: password },
      'This e-mail address is taken.',
    ],
    ['Password', { 'E-mail': 'noor@example.org', Password: 'password1234' }, /too well known/],
  ])('shows what the server refuses at the field %s', async (label, values, message) => {
    const { tarn } = tarnWithAda()
    const { user } = startApp(tarn, '/register')

    await fill(user, { Name: 'Noor', ...values })
    await user.click(screen.getByRole('button', { name: 'Create account' }))

    await waitFor(() => expect(screen.getByLabelText(label)).toHaveAccessibleDescription(message))
  })

  it('is not offered where it is closed', async () => {
    const { tarn } = tarnWithAda()
    tarn.registrationOpen = false
    startApp(tarn, '/register')

    expect(await screen.findByText(/Registration is closed here/)).toBeVisible()
    expect(screen.queryByLabelText('Password')).toBeNull()
  })

  it('says so when the server cannot be reached, and tries again when asked', async () => {
    const { tarn } = tarnWithAda()
    tarn.refuseNext('GET', /registration/, 'offline')
    const { user } = startApp(tarn, '/register')

    expect(await screen.findByText(/cannot be reached/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Try again' }))

    expect(await screen.findByLabelText('Name')).toBeVisible()
  })
})

import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { taskListsKey } from '@/api/tasks'
import { addTask } from '@/testing/fake-tasks'
import { startApp, tarnWithProject } from '@/testing/start-app'

function manyTasks() {
  const all = tarnWithProject()
  const { tarn, ada, project, section } = all
  for (let index = 1; index <= 60; index += 1)
    addTask(tarn, {
      projectId: project.id,
      createdBy: ada.id,
      title: `Task ${String(index).padStart(3, '0')}`,
      sectionId: section('To do').id,
    })
  return { ...all, path: `/projects/${project.id}` }
}

const link = (name: string) => screen.getByRole('link', { name })
const title = () => screen.findByLabelText('Title')
const isClosed = () => waitFor(() => expect(screen.queryByLabelText('Title')).toBeNull())

describe('the focus after a task is closed', () => {
  it.each(['', '?sort=title', '?view=board'])(
    'is on its link, however it is closed (%s)',
    async (search) => {
      const { tarn, ada, path } = manyTasks()
      const { user, app } = startApp(tarn, path + search, ada)
      await screen.findByRole('link', { name: 'Task 015' })
      const close = {
        escape: () => user.keyboard('{Escape}'),
        button: async () => {
          screen.getByRole('button', { name: 'Close' }).focus()
          await user.keyboard('{Enter}')
        },
        back: async () => app.router.history.back(),
      }
      for (const way of ['escape', 'button', 'back'] as const) {
        link('Task 015').focus()
        await user.keyboard('{Enter}')
        await title()
        await close[way]()
        await isClosed()
        await waitFor(() => expect(link('Task 015')).toHaveFocus())
      }
    },
  )

  it('is on its link when the page began with it', async () => {
    const { tarn, ada, path } = manyTasks()
    const { user } = startApp(tarn, `${path}?task=${tarn.tasks[14]?.id}`, ada)
    await title()
    await screen.findByRole('link', { name: 'Task 015' })

    await user.keyboard('{Escape}')

    await isClosed()
    await waitFor(() => expect(link('Task 015')).toHaveFocus())
  })

  it('is on the link of its parent when the page began with a sub-task', async () => {
    const { tarn, ada, path, project } = manyTasks()
    const parentId = tarn.tasks[14]?.id as string
    const nails = { projectId: project.id, createdBy: ada.id, title: 'Nails', parentId }
    const { user } = startApp(tarn, `${path}?task=${addTask(tarn, nails).id}`, ada)
    await title()
    await screen.findByRole('link', { name: 'Task 015' })

    await user.keyboard('{Escape}')

    await isClosed()
    await waitFor(() => expect(link('Task 015')).toHaveFocus())
  })

  it('is on the link of the task it began with, after a sub-task', async () => {
    const { tarn, ada, path, project } = manyTasks()
    const parentId = tarn.tasks[14]?.id as string
    addTask(tarn, { projectId: project.id, createdBy: ada.id, title: 'Nails', parentId })
    const { user } = startApp(tarn, path, ada)
    ;(await screen.findByRole('link', { name: 'Task 015' })).focus()
    await user.keyboard('{Enter}')
    ;(await screen.findByRole('link', { name: 'Nails' })).focus()
    await user.keyboard('{Enter}')
    await waitFor(async () => expect(await title()).toHaveValue('Nails'))

    await user.keyboard('{Escape}')

    await isClosed()
    await waitFor(() => expect(link('Task 015')).toHaveFocus())
  })

  it('is on its link after it was saved, also where that moves it', async () => {
    const { tarn, ada, path, project } = manyTasks()
    const { user, app } = startApp(tarn, `${path}?sort=title`, ada)
    ;(await screen.findByRole('link', { name: 'Task 015' })).focus()
    await user.keyboard('{Enter}')
    await user.clear(await title())
    await user.type(await title(), 'Task 055 a{Control>}{Enter}{/Control}')
    await waitFor(() => expect(tarn.tasks[14]?.title).toBe('Task 055 a'))
    await app.queryClient.invalidateQueries({ queryKey: taskListsKey(project.id) })
    await waitFor(() => expect(screen.getAllByRole('link').at(-1)).toHaveTextContent('Task 055 a'))

    await user.keyboard('{Escape}')

    await isClosed()
    await waitFor(() => expect(link('Task 055 a')).toHaveFocus())
  })
})

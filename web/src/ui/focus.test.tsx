import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { addTask } from '@/testing/fake-tasks'
import { startApp, tarnWithAda, tarnWithProject } from '@/testing/start-app'

describe('the focus', () => {
  it('is on the first field of a dialog, and on the button that opened it afterwards', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/account', ada)
    const opener = await screen.findByRole('button', { name: 'Delete my account' })

    await user.click(opener)
    await waitFor(() =>
      expect(screen.getByRole('dialog', { name: 'Delete your account?' })).toContainElement(
        document.activeElement as HTMLElement,
      ),
    )
    expect(document.activeElement).toHaveAttribute('type', 'password')

    await user.keyboard('{Escape}')
    await waitFor(() => expect(opener).toHaveFocus())
  })

  it('is in the name of a new project, so that what is typed stands there', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/projects', ada)

    await user.click((await screen.findAllByRole('button', { name: 'New project' }))[0] as Element)
    await waitFor(() => expect(screen.getByLabelText('Name')).toHaveFocus())
    await user.keyboard('Web site')

    expect(screen.getByLabelText('Name')).toHaveValue('Web site')
  })

  it('is on the harmless button where there is no field', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const { user } = startApp(tarn, `/projects/${project.id}/settings`, ada)

    await user.click(await screen.findByRole('button', { name: 'Delete project' }))

    await waitFor(() => expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus())
  })

  it('goes to a neighbour when what opened the dialog is gone', async () => {
    const { tarn, ada, project, section } = tarnWithProject()
    for (const title of ['Mend the roof', 'Wax the skis'])
      addTask(tarn, {
        projectId: project.id,
        createdBy: ada.id,
        title,
        sectionId: section('To do').id,
      })
    const { user } = startApp(tarn, `/projects/${project.id}?view=board`, ada)

    await user.click(await screen.findByRole('link', { name: 'Mend the roof' }))
    await user.click(await screen.findByRole('button', { name: 'More about this task' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Mend the roof' })).toBeNull())

    await waitFor(() =>
      expect(screen.getByRole('link', { name: 'Wax the skis' }).closest('li')).toContainElement(
        document.activeElement as HTMLElement,
      ),
    )
  })
})

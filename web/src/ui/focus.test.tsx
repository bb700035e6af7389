import { render, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { addTask } from '@/testing/fake-tasks'
import { findNotice, heldBack, startApp, tarnWithAda, tarnWithProject } from '@/testing/start-app'
import { keepFocus } from './focus-keeper'

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

describe('the views of a project', () => {
  it.each(['list', 'board'])(
    'keep the focus on the one that is chosen, from the %s',
    async (view) => {
      const { tarn, ada, project } = tarnWithProject()
      const { user } = startApp(tarn, `/projects/${project.id}?view=${view}`, ada)

      for (const name of ['Posts', 'Items', 'Board', 'List', 'Items', 'Posts', 'List']) {
        ;(await screen.findByRole('link', { name })).focus()
        await user.keyboard('{Enter}')
        await waitFor(() => expect(screen.getByRole('link', { name })).toHaveClass('bg-raised'))
        await waitFor(() => expect(screen.getByRole('link', { name })).toHaveFocus())
      }
    },
  )
})

describe('a button that becomes disabled while it has the focus', () => {
  it('keeps it, and does nothing', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const { user, sent } = startApp(tarn, `/projects/${project.id}/settings`, ada)
    const release = heldBack(/Mountain hut 2/)
    await user.type(await screen.findByLabelText('Name'), ' 2')
    const save = screen.getByRole('button', { name: 'Save details' })

    await user.click(save)
    await waitFor(() => expect(save).toHaveAttribute('aria-disabled', 'true'))
    await user.keyboard('{Enter}')
    release()
    await findNotice(/The project is saved/)

    expect(sent('PATCH', /projects/)).toHaveLength(1)
    expect(save).toBeEnabled()
    expect(save).toHaveFocus()
    await user.tab()
    await waitFor(() => expect(save).toBeDisabled())
  })

  it('keeps it where there is nothing more to do', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const { user } = startApp(tarn, `/projects/${project.id}/settings`, ada)
    const up = await screen.findByRole('button', { name: 'Move Doing up' })

    up.focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(up).toHaveAttribute('aria-disabled', 'true'))

    expect(up).toBeEnabled()
    expect(up).toHaveFocus()
  })
})

describe('what is no button and becomes disabled while it has the focus', () => {
  it('gives it to what is beside it', async () => {
    render(
      <fieldset>
        <input aria-label="First" />
        <input aria-label="Second" />
        <input aria-label="Third" />
      </fieldset>,
    )
    const stop = keepFocus()
    screen.getByLabelText('Second').focus()

    screen.getByLabelText<HTMLInputElement>('Second').disabled = true

    await waitFor(() => expect(screen.getByLabelText('Third')).toHaveFocus())
    stop()
  })
})

describe('a row that goes while one of its buttons has the focus', () => {
  it('gives it to the same button of the next row, else of the row before', async () => {
    const names = ['Noor', 'Zoe', 'Ada']
    render(
      <ul>
        {names.map((name) => (
          <li key={name} data-testid={name}>
            <button type="button">Rename {name}</button>
            <span>
              <button type="button">Remove {name}</button>
            </span>
          </li>
        ))}
      </ul>,
    )
    const stop = keepFocus()
    const remove = (name: string) => screen.getByRole('button', { name: `Remove ${name}` })

    remove('Zoe').focus()
    screen.getByTestId('Zoe').remove()
    await waitFor(() => expect(remove('Ada')).toHaveFocus())
    screen.getByTestId('Ada').remove()

    await waitFor(() => expect(remove('Noor')).toHaveFocus())
    for (const name of names) screen.queryByTestId(name)?.remove()
    stop()
  })
})

import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { AddBox } from './add-box'
import { Input } from './field'

function Name() {
  const [name, setName] = useState('Old roof')
  return (
    <Input
      aria-label="Name"
      maxLength={12}
      value={name}
      onChange={(e) => setName(e.target.value)}
    />
  )
}

it('leaves out of a name what cannot be seen, and keeps to its length', async () => {
  const user = userEvent.setup()
  render(<Name />)
  const box = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' })
  box.focus()
  box.setSelectionRange(0, 3)

  await user.paste('\u200eNew\u00ad\ttin')
  expect(box).toHaveValue('New tin roof')
  await user.paste('\u200b and gutter')
  expect(box).toHaveValue('New tin roof')
})

it('adds a title that was copied from a page', async () => {
  const user = userEvent.setup()
  const added: string[] = []
  render(
    <AddBox
      label="Task title"
      maxLength={200}
      onAdd={(text) => added.push(text)}
      waiting={[]}
      refused={null}
      problem={null}
    />,
  )
  screen.getByLabelText('Task title').focus()

  await user.paste('Mend\u00ading\nthe roof\ufeff')
  await user.keyboard('{Enter}')

  expect(added).toEqual(['Mending the roof'])
})

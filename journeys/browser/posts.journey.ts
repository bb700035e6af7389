import { expect } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { errorsOf } from './errors.js'
import { typeInto } from './keys.js'
import { expectNoSidewaysScroll } from './scroll.js'
import { register } from './user.js'
import { test } from './tarn.js'

const lene = {
  name: 'Lene Dahl',
  email: 'lene@example.org',
  password: 'moss and granite by the lake',
}
const omar = {
  name: 'Omar El-Sayed',
  email: 'omar@example.org',
  password: 'granite and moss by the lake',
}

const report = `We looked at **every slate** on Tuesday. What we know now:

- the north side needs about 40 new ones
- the ridge is sound, see [the report](https://example.org/report)

@omar`

test('two users talk in a project and about a task', async ({ page, browser, baseURL, shots }) => {
  const errors = errorsOf(page)
  const other = await browser.newContext(baseURL ? { baseURL } : {})
  const omars = await other.newPage()
  const omarsErrors = errorsOf(omars)

  await test.step('two users register, one invites the other to a project', async () => {
    await omars.goto('/register')
    await register(omars, omar)
    await page.goto('/register')
    await register(page, lene)
    await page.getByRole('button', { name: 'New project' }).click()
    const dialog = page.getByRole('dialog', { name: 'New project' })
    await expect(dialog.getByLabel('Name')).toBeFocused()
    await page.keyboard.type('Boat house')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await typeInto(page.getByLabel('Add a task'), 'Order the slate')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('link', { name: 'Order the slate' })).toBeVisible()
    await page.getByRole('link', { name: 'Project settings' }).click()
    await page.getByRole('button', { name: 'Invite by link' }).click()
    await page.getByRole('button', { name: 'Create link' }).click()
    const link = await page.getByLabel('The link').inputValue()
    await page.getByRole('button', { name: 'I have copied it' }).click()
    await omars.goto(link)
    await omars.getByRole('button', { name: 'Accept as Omar El-Sayed' }).click()
    await expect(omars.getByRole('heading', { name: 'Boat house' })).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Role of Omar El-Sayed')).toBeVisible()
    await page.goBack()
  })

  await test.step('one writes a post that names the other', async () => {
    await page.getByRole('link', { name: 'Posts', exact: true }).click()
    await expect(page.getByText('No posts yet')).toBeVisible()
    await expectAccessible(page, 'a project without posts')
    await page.getByRole('button', { name: 'Write a post' }).click()
    await typeInto(page.getByLabel('Title'), 'What the roof needs')
    const box = page.getByRole('textbox', { name: 'Write a post' })
    await typeInto(box, report.slice(0, -2))
    await box.press('End')
    await page.keyboard.type('ar')
    const offer = page.getByRole('listbox', { name: 'People to mention' })
    await expect(offer.getByRole('option', { name: /Omar El-Sayed/ })).toBeVisible()
    await expectAccessible(page, 'the offer of names')
    await page.screenshot({ path: `${shots}post-mention.png` })
    await page.keyboard.press('Enter')
    await page.keyboard.type('can you order them?')
    const preview = page.getByRole('region', { name: 'Preview' })
    await expect(preview.getByText('@Omar El-Sayed')).toBeVisible()
    await expect(preview.getByText('can you order them?')).toBeVisible()
    await page.screenshot({ path: `${shots}post-preview.png` })
    await page.getByRole('button', { name: 'Publish' }).click()
    await expect(page.getByRole('heading', { name: 'What the roof needs' })).toBeVisible()
  })

  await test.step('keeps a draft, which nobody else sees', async () => {
    await page.getByRole('button', { name: 'Write a post' }).click()
    await typeInto(page.getByRole('textbox', { name: 'Write a post' }), 'The jetty is next.')
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByRole('article', { name: 'Draft by Lene Dahl' })).toBeVisible()
  })

  await test.step('the other reads it, and answers', async () => {
    await omars.reload()
    await omars.getByRole('link', { name: 'Boat house' }).first().click()
    await omars.getByRole('link', { name: 'Posts', exact: true }).click()
    const post = omars.getByRole('article', { name: 'Post by Lene Dahl' })
    await expect(post.getByText('@Omar El-Sayed')).toHaveClass(/mention-own/)
    await expect(post.getByRole('link', { name: 'the report' })).toHaveAttribute('target', '_blank')
    await expect(omars.getByText('The jetty is next.')).toHaveCount(0)
    await post.getByRole('button', { name: 'Reply' }).click()
    await typeInto(omars.getByRole('textbox', { name: 'Write a reply' }), 'On it, two offers are in.')
    await omars.keyboard.press('Control+Enter')
    await expect(omars.getByRole('article', { name: 'Reply by Omar El-Sayed' })).toBeVisible()
    await expectAccessible(omars, 'a post with a reply')
  })

  await test.step('and comments on the task', async () => {
    await omars.getByRole('link', { name: 'List', exact: true }).click()
    await omars.getByRole('link', { name: 'Order the slate' }).click()
    const comments = omars.getByRole('region', { name: 'Comments' })
    await typeInto(comments.getByRole('textbox', { name: 'Write a comment' }), 'Forty, or **fifty** to be safe?')
    await comments.getByRole('button', { name: 'Comment', exact: true }).click()
    await expect(comments.getByText('fifty')).toBeVisible()
    await typeInto(comments.getByRole('textbox', { name: 'Write a comment' }), 'Half a thought')
    await omars.getByRole('button', { name: 'Close' }).click()
    await omars.getByRole('link', { name: 'Order the slate' }).click()
    await expect(omars.getByRole('textbox', { name: 'Write a comment' })).toHaveValue(
      'Half a thought',
    )
    await typeInto(omars.getByRole('textbox', { name: 'Write a comment' }), '')
  })

  await test.step('who replies sees the talk from its beginning', async () => {
    await page.getByRole('link', { name: 'List', exact: true }).click()
    await page.getByRole('link', { name: 'Order the slate' }).click()
    const comments = page.getByRole('region', { name: 'Comments' })
    await comments.getByRole('button', { name: 'Reply' }).click()
    await typeInto(comments.getByRole('textbox', { name: 'Write a reply' }), 'Fifty, @omar-el-sayed.')
    await page.keyboard.press('Control+Enter')
    await expect(comments.getByRole('button', { name: '1 reply' })).toBeVisible()
    await typeInto(comments.getByRole('textbox', { name: 'Write a comment' }), 'And a spare ridge tile.')
    await page.keyboard.press('Control+Enter')
    await expect(comments.getByRole('article')).toHaveCount(3)
    await comments.getByText('And a spare ridge tile.').scrollIntoViewIfNeeded()
    await expectAccessible(page, 'the comments on a task')
    await page.screenshot({ path: `${shots}comments-light.png` })
  })

  await test.step('edits and deletes, and takes it back', async () => {
    const comments = page.getByRole('region', { name: 'Comments' })
    const last = comments.getByRole('article', { name: 'Comment by Lene Dahl' })
    await last.getByRole('button', { name: 'More about this comment' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await typeInto(last.getByRole('textbox', { name: 'Edit' }), 'And two spare ridge tiles.')
    await last.getByRole('button', { name: 'Save' }).click()
    await last.getByRole('button', { name: 'edited' }).click()
    const history = page.getByRole('dialog', { name: 'Former words' })
    await expect(history.getByText('And a spare ridge tile.')).toBeVisible()
    await expectAccessible(page, 'the former words of a comment')
    await page.screenshot({ path: `${shots}comment-history.png` })
    await page.keyboard.press('Escape')
    await last.getByRole('button', { name: 'More about this comment' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect(last).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(last).toBeVisible()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
  })

  await test.step('sees it in light, in dark and on a phone', async () => {
    await page.getByRole('link', { name: 'Posts', exact: true }).click()
    await page.getByRole('button', { name: '1 reply' }).click()
    await expect(page.getByText('On it, two offers are in.')).toBeVisible()
    await page.screenshot({ path: `${shots}posts-light.png` })
    await page.getByRole('button', { name: 'Dark' }).click()
    await expect(page.locator('html')).toHaveClass('dark')
    await expectAccessible(page, 'the posts in the dark')
    await page.screenshot({ path: `${shots}posts-dark.png` })
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page, 'the posts on a phone')
    await expectNoSidewaysScroll(page)
    await page.screenshot({ path: `${shots}posts-phone.png` })
    await page.getByRole('link', { name: 'List', exact: true }).click()
    await page.getByRole('link', { name: 'Order the slate' }).click()
    await page.getByText('And two spare ridge tiles.').scrollIntoViewIfNeeded()
    await expectAccessible(page, 'the comments on a phone')
    await page.screenshot({ path: `${shots}comments-phone.png` })
  })

  await other.close()
  expect(errors).toEqual([])
  expect(omarsErrors).toEqual([])
})

import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { isTooMuchMarkdown, Markdown } from './markdown'

const bombs = {
  quotes: '>'.repeat(50_000),
  'spaced quotes': `${'> '.repeat(20_000)}a`,
  lists: `${'- '.repeat(20_000)}a`,
  'numbered lists': `${'1. '.repeat(15_000)}a`,
  brackets: '['.repeat(50_000),
  links: `${'[a'.repeat(12_500)}${'](b)'.repeat(6_000)}`,
  stars: `${'*'.repeat(20_000)}a${'*'.repeat(20_000)}`,
  emphasis: '**a *b '.repeat(7_000),
  rows: `|a|b|\n|-|-|\n${'|x|y|\n'.repeat(8_000)}`,
  columns: `${'|a'.repeat(10_000)}|\n${'|-'.repeat(10_000)}|\n`,
  'rows of many columns': `${'|a'.repeat(400)}|\n${'|-'.repeat(400)}|\n${'|\n'.repeat(4_000)}`,
  'lazy lines': `> a\n${'b\n'.repeat(20_000)}`,
}

test.each(Object.entries(bombs))(
  '%s that would keep the page busy are shown as written',
  (_, text) => {
    const { container } = render(<Markdown>{text}</Markdown>)

    expect(container.querySelector('p')?.textContent).toBe(text)
  },
)

test('long texts of people are drawn', () => {
  const section =
    '## A heading\n\nWords with *some* [links](https://example.org).\n\n- one\n  - two\n\n> said\n\n'
  const table = `|a|b|c|\n|-|-|-|\n${'|1|2|3|\n'.repeat(300)}`
  expect(isTooMuchMarkdown(section.repeat(400) + table)).toBe(false)

  render(<Markdown>{section}</Markdown>)
  expect(screen.getByRole('heading', { name: 'A heading' })).toBeVisible()
})

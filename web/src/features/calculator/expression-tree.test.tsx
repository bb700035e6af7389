import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import type { CalculationStep } from '@/api/types'
import { ExpressionTree } from './expression-tree'
import { rangeOfStep } from './step-range'

type Drawn = [CalculationStep['kind'], string, number[], string | null, number]

const steps = (...parts: Drawn[]): CalculationStep[] =>
  parts.map(([kind, text, operands, value, position]) => ({
    kind,
    text,
    operands,
    value,
    exact: !value?.includes('333'),
    position,
  }))

const price = 'if(a > 2, 1 / (a), -9)'
const ofPrice = steps(
  ['variable', 'a', [], '3', 3],
  ['number', '2', [], '2', 7],
  ['operator', '>', [0, 1], 'true', 5],
  ['number', '1', [], '1', 10],
  ['variable', 'a', [], '3', 15],
  ['operator', '/', [3, 4], '0.3333333333333333333333333333333333', 12],
  ['number', '9', [], null, 20],
  ['operator', '-', [6], null, 19],
  ['function', 'if', [2, 5, 7], '0.3333333333333333333333333333333333', 0],
)

const part = (name: string | RegExp) => screen.getByRole('treeitem', { name })

describe('the tree of an expression', () => {
  it('shows each part with its value, and its operands within', () => {
    render(<ExpressionTree expression={price} steps={ofPrice} />)

    expect(screen.getAllByRole('treeitem')).toHaveLength(9)
    expect(within(part('> is true')).getByRole('treeitem', { name: 'a is 3' })).toBeVisible()
    expect(within(part(/^\/ is about 0.33/)).getByText('≈')).toBeVisible()
    expect(part(/^if is about/)).toContainElement(part('> is true'))
  })

  it('says once which branch was not needed', () => {
    render(<ExpressionTree expression={price} steps={ofPrice} />)

    expect(within(part('-, not needed')).getByText('not needed')).toBeVisible()
    expect(within(part('9, not needed')).queryByText('not needed')).toBeNull()
  })

  it('is walked through by arrow keys, and shows where one is in the expression', async () => {
    const user = userEvent.setup({ delay: null })
    const { container } = render(<ExpressionTree expression={price} steps={ofPrice} />)
    const marked = () => [
      container.querySelector('p span')?.textContent,
      container.querySelector('mark')?.textContent,
    ]

    await user.tab()
    expect(part(/^if/)).toHaveFocus()
    expect(marked()).toEqual([price, 'if'])
    await user.keyboard('{ArrowRight}{ArrowDown}{ArrowDown}{ArrowDown}')
    expect(part(/^\//)).toHaveFocus()
    expect(marked()).toEqual(['1 / (a)', '/'])
    await user.keyboard('{ArrowUp}{ArrowLeft}')
    expect(part('> is true')).toHaveFocus()
    await user.keyboard('{ArrowLeft}{ArrowLeft}x{End}')
    expect(part('9, not needed')).toHaveFocus()
    await user.keyboard('{Home}')
    expect(part(/^if/)).toHaveFocus()
    await user.tab()
    expect(marked()).toEqual([undefined, undefined])
  })

  it('shows the place of what is pointed at', async () => {
    const user = userEvent.setup({ delay: null })
    const { container } = render(<ExpressionTree expression={price} steps={ofPrice} />)

    const line = screen.getByText('>')
    await user.hover(line)
    expect(container.querySelector('p span')).toHaveTextContent('a > 2')
    await user.unhover(line)
    expect(container.querySelector('mark')).toBeNull()
  })

  it('has every digit of a long value at hand', () => {
    const long = '1'.repeat(300)
    render(<ExpressionTree expression="a" steps={steps(['variable', 'a', [], long, 0])} />)

    expect(part(`a is ${long}`)).toBeVisible()
    expect(screen.getByTitle(long)).toBeVisible()
  })

  it('is not drawn when it is too large', () => {
    const many = Array.from({ length: 201 }, (): Drawn => ['number', '1', [], '1', 0])
    render(<ExpressionTree expression="1" steps={steps(...many)} />)

    expect(screen.getByText(/201 parts.*too large to draw/)).toBeVisible()
    expect(screen.queryByRole('tree')).toBeNull()
  })
})

describe('the place of a part', () => {
  const place = (expression: string, parts: CalculationStep[]) => {
    const { from, to, head, headEnd } = rangeOfStep(expression, parts, parts.length - 1)
    return [expression.slice(from, to), expression.slice(head, headEnd)]
  }

  it('has the parentheses that belong to it', () => {
    const sum = steps(
      ['number', '1', [], '1', 2],
      ['number', '2.5', [], '2.5', 6],
      ['operator', '+', [0, 1], '3.5', 4],
      ['variable', 'größe', [], '2', 15],
      ['operator', '>=', [2, 3], 'true', 11],
    )

    expect(place('((1 + 2.5) >= (größe))', sum)).toEqual(['(1 + 2.5) >= (größe)', '>='])
    expect(place('((1 + 2.5) >= (größe))', sum.slice(0, 3))).toEqual(['1 + 2.5', '+'])
    expect(place('((1 + 2.5) >= (größe))', sum.slice(0, 2))).toEqual(['2.5', '2.5'])
  })
})

import { describe, expect, it } from 'vitest'
import type { TaskView } from '@/api/types'
import { isSame, positionOf, positionUnder, step, targetOf, withTaskAt } from './board-moves'
import type { TaskGroup } from './list-rows'

const task = (id: string) => ({ id }) as TaskView
const column = (id: string, ...ids: string[]): TaskGroup => ({
  id,
  name: id,
  archived: false,
  tasks: ids.map(task),
})
const board = [column('one', 'a', 'b', 'c'), column('two'), column('three', 'd')]
const order = (columns: TaskGroup[]) =>
  columns.map(({ tasks }) => tasks.map(({ id }) => id).join(''))

describe('a card in hand', () => {
  it('is shown where it would land', () => {
    expect(order(withTaskAt(board, task('b'), { sectionId: 'three', index: 1 }))).toEqual([
      'ac',
      '',
      'db',
    ])
    expect(order(withTaskAt(board, task('a'), { sectionId: 'one', index: 2 }))[0]).toBe('bca')
  })

  it('stops at the walls', () => {
    expect(step(board, 'a', { sectionId: 'one', index: 0 }, 'up').index).toBe(0)
    expect(step(board, 'a', { sectionId: 'one', index: 2 }, 'down').index).toBe(2)
    expect(step(board, 'a', { sectionId: 'one', index: 0 }, 'left').sectionId).toBe('one')
    expect(step(board, 'd', { sectionId: 'three', index: 0 }, 'right').sectionId).toBe('three')
  })

  it('goes no deeper into a column than that is long', () => {
    expect(step(board, 'c', { sectionId: 'one', index: 2 }, 'right')).toEqual({
      sectionId: 'two',
      index: 0,
    })
  })

  it('is named by the card before it', () => {
    expect(targetOf(board, 'a', { sectionId: 'one', index: 1 }).after).toBe('b')
    expect(targetOf(board, 'b', { sectionId: 'one', index: 0 }).after).toBeNull()
  })
})

describe('a card let go by the mouse', () => {
  it('lands before or behind the card under it', () => {
    const under = (edge: 'top' | 'bottom') =>
      positionUnder(board, 'a', { sectionId: 'one', card: { id: 'c', edge } })
    expect(under('top')).toEqual({ sectionId: 'one', index: 1 })
    expect(under('bottom')).toEqual({ sectionId: 'one', index: 2 })
  })

  it('lands at the end of a column, and stays where it is over itself', () => {
    expect(positionUnder(board, 'a', { sectionId: 'three' }).index).toBe(1)
    const itself = positionUnder(board, 'b', { sectionId: 'one', card: { id: 'b', edge: 'top' } })
    expect(isSame(positionOf(board, 'b'), itself)).toBe(true)
    expect(positionOf(board, 'nowhere')).toBeNull()
  })
})

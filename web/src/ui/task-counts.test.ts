import { expect, it } from 'vitest'
import { taskCounts } from './task-counts'

it('says of a project with more tasks than are counted that there are more', () => {
  expect(taskCounts({ openTasks: 1_234, doneTasks: 8_766, countsCapped: false })).toMatchObject({
    open: '1,234',
    done: '8,766',
    isCapped: false,
  })
  expect(taskCounts({ openTasks: 7_000, doneTasks: 2_000, countsCapped: true })).toMatchObject({
    open: '7,000+',
    done: '2,000+',
    isCapped: true,
  })
})

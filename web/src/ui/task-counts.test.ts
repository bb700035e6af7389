import { expect, it } from 'vitest'
import { taskCounts } from './task-counts'

it('says of a project with more tasks than are counted that there are more', () => {
  expect(taskCounts({ openTasks: 1_234, doneTasks: 8_765 })).toMatchObject({
    open: '1,234',
    done: '8,765',
    isCapped: false,
  })
  expect(taskCounts({ openTasks: 8_000, doneTasks: 2_000 })).toMatchObject({
    open: '8,000+',
    done: '2,000+',
    isCapped: true,
  })
})

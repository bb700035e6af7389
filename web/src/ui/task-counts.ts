/** The server counts no more tasks of a project. */
const maxCounted = 10_000

/** "12", or "8,000+" where not all are counted. */
export function taskCounts({ openTasks, doneTasks }: { openTasks: number; doneTasks: number }) {
  const all = openTasks + doneTasks
  const isCapped = all >= maxCounted
  const text = (count: number) => `${count.toLocaleString()}${isCapped ? '+' : ''}`
  return { all, isCapped, open: text(openTasks), done: text(doneTasks) }
}

type Counted = { openTasks: number; doneTasks: number; countsCapped: boolean }

/** "12", or "8,000+" where not all are counted. */
export function taskCounts({ openTasks, doneTasks, countsCapped }: Counted) {
  const text = (count: number) => `${count.toLocaleString()}${countsCapped ? '+' : ''}`
  return {
    all: openTasks + doneTasks,
    isCapped: countsCapped,
    open: text(openTasks),
    done: text(doneTasks),
  }
}

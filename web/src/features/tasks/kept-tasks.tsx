import { useState } from 'react'
import { WaitingList } from '@/ui/waiting-list'
import { useTaskQueue } from './use-task-queue'

/** Tasks that were typed before the page was loaded, and could not be sent yet. */
export function KeptTasks({ projectId }: { projectId: string }) {
  const { waiting } = useTaskQueue(projectId)
  const [kept] = useState(() => new Set(waiting.map(({ key }) => key)))
  return (
    <div className="px-4 pt-2 empty:hidden sm:px-6">
      <WaitingList waiting={waiting.filter(({ key }) => kept.has(key))} />
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import type { TaskView } from '@/api/types'
import { meQuery, namesQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { type Changer, changedLine } from '@/ui/changed-line'
import { fullDate } from '@/ui/dates'
import { legible } from '@/ui/legible'
import { nameOf, priorities } from './task-bits'
import type { ProjectParts } from './task-queries'
import type { Conflict } from './use-task-form'

/** Someone was faster. Nothing is lost on either side until the user here decides. */
export function ConflictNotice({
  base,
  theirs,
  onKeepTheirs,
  onOverwrite,
  parts,
}: Conflict & { parts: ProjectParts }) {
  const changes = differences(base, theirs, parts)
  const changer = useChanger(theirs, parts)
  return (
    <section
      role="alert"
      aria-label="Changed meanwhile"
      className="grid grid-cols-[minmax(0,1fr)] gap-2.5 rounded-lg border border-warn/40 bg-warn-wash p-3.5"
    >
      <h3 className="flex items-start gap-2 font-semibold text-warn">
        <Users className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
        <span dir="auto" className="wrap-anywhere">
          {changedLine('this task', changer, theirs.updatedAt)}
        </span>
      </h3>
      {changes.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
          {changes.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name}</dt>
              <dd dir="auto" className="wrap-anywhere line-clamp-4">
                {value}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={onKeepTheirs}>{changer.isMe ? 'Keep the other' : 'Keep theirs'}</Button>
        <Button variant="primary" onClick={onOverwrite}>
          Overwrite with mine
        </Button>
      </div>
    </section>
  )
}

/** Beside a field in which one types, when others have changed it meanwhile. */
export function CrossedNote({ task, parts }: { task: TaskView; parts: ProjectParts }) {
  const changer = useChanger(task, parts)
  return (
    <span role="status" className="flex items-start gap-1 text-warn">
      <Users className="mt-px size-3.5 shrink-0" aria-hidden="true" />
      <span dir="auto">Changed meanwhile. {changedLine('this task', changer, task.updatedAt)}</span>
    </span>
  )
}

function useChanger({ updatedBy: by }: TaskView, parts: ProjectParts): Changer {
  const { data: me } = useQuery(meQuery)
  // Without other members it was another window.
  const isMe = by === null ? parts.users.length === 1 : by === me?.id
  // Who has joined the project since it was read is not among its people here.
  const { data: names } = useQuery(namesQuery(by === null ? [] : [by]))
  return { isMe, name: names?.[0]?.name ?? null }
}

function differences(base: TaskView, theirs: TaskView, parts: ProjectParts) {
  const said = [described(base, parts), described(theirs, parts)] as const
  return Object.keys(said[1])
    .filter((name) => said[0][name] !== said[1][name])
    .map((name) => ({ name, value: said[1][name] || 'none' }))
}

function described(task: TaskView, parts: ProjectParts): Record<string, string> {
  const labels = parts.labels.filter(({ id }) => task.labels.includes(id))
  const section = parts.sections.find(({ id }) => id === task.sectionId)
  return {
    Title: legible(task.title),
    Description: task.description,
    Status: task.status === 'done' ? 'Done' : 'Open',
    Priority: priorities[task.priority],
    Section: section ? legible(section.name) : 'No section',
    Starts: task.start ? fullDate(task.start) : '',
    Due: task.due ? fullDate(task.due) : '',
    Labels: labels.map(({ name, color }) => legible(name, color)).join(', '),
    Assignees: task.assignees.map((id) => nameOf(parts, id)).join(', '),
    Archived: task.archived ? 'Yes' : 'No',
  }
}

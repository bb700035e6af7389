import { getRouteApi, Link } from '@tanstack/react-router'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { ListTodo } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ProjectView, TaskView } from '@/api/types'
import { Select } from '@/ui/field'
import { legible } from '@/ui/legible'
import { EmptyState } from '@/ui/states'
import { countOf, type ListRow, rowsOf } from './list-rows'
import { QuickAdd } from './quick-add'
import {
  Assignees,
  CompleteBox,
  DescriptionSign,
  DueDate,
  Labels,
  linkIdOf,
  PrioritySign,
  SubtaskCount,
  TitleText,
} from './task-bits'
import type { ProjectParts } from './task-queries'
import type { TaskSort } from './task-search'

const route = getRouteApi('/app/projects/$projectId')

export type ViewProps = {
  project: ProjectView
  parts: ProjectParts
  tasks: TaskView[]
  editable: boolean
  filtered: boolean
  archived: boolean
  /** What is not read yet, and how to go on. */
  more: { isPartial: boolean; canReadMore: boolean; readMore: () => void }
}

export function ListView({ sort, ...props }: ViewProps & { sort: TaskSort | undefined }) {
  const { project, parts, tasks, editable, filtered, archived } = props
  const rows = useMemo(
    () => rowsOf(tasks, parts.sections, { grouped: !sort, archived }),
    [tasks, parts.sections, sort, archived],
  )
  return (
    <div className="flex min-h-0 grow flex-col">
      {editable && <ListAdd projectId={project.id} parts={parts} />}
      {rows.length === 0 ? (
        <EmptyState icon={<ListTodo />} title={filtered ? 'No task matches' : 'Nothing to do yet'}>
          {filtered
            ? 'Try other words or fewer filters.'
            : editable
              ? 'Type the first task above and press Enter.'
              : 'Tasks will appear here once someone adds them.'}
        </EmptyState>
      ) : (
        <Rows {...props} rows={rows} showSection={Boolean(sort)} />
      )}
    </div>
  )
}

function ListAdd({ projectId, parts }: { projectId: string; parts: ProjectParts }) {
  const open = parts.sections.filter((section) => !section.archived)
  const [chosen, setChosen] = useState<string>()
  const sectionId = chosen ?? open[0]?.id ?? null
  return (
    <div className="flex w-full max-w-6xl items-start gap-2 px-4 pt-3 sm:px-6">
      <QuickAdd
        className="grow"
        label="Add a task"
        hotkey="n"
        draft={{ projectId, sectionId }}
        showsAll
      />
      {open.length > 1 && (
        <Select
          aria-label="Section of new tasks"
          className="max-w-32 shrink-0 sm:max-w-48"
          value={sectionId ?? ''}
          onChange={(event) => setChosen(event.target.value)}
        >
          {open.map(({ id, name }) => (
            <option dir="auto" key={id} value={id}>
              {legible(name)}
            </option>
          ))}
        </Select>
      )}
    </div>
  )
}

type RowsProps = ViewProps & { rows: ListRow[]; showSection: boolean }

/** Only the rows in sight are drawn: four thousand cost no more than forty. */
function Rows({ rows, parts, editable, showSection, more }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const pinned = usePinned(rows)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'section' ? 44 : 38),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range)
      return pinned === -1 || drawn.includes(pinned) ? drawn : [...drawn, pinned].sort(byNumber)
    },
  })
  const items = virtual.getVirtualItems()
  const atEnd = (virtual.range?.endIndex ?? 0) >= rows.length - 32
  const { canReadMore, readMore } = more
  useEffect(() => {
    if (atEnd && canReadMore) readMore()
  }, [atEnd, canReadMore, readMore])
  return (
    <div ref={scroller} className="min-h-0 grow overflow-y-auto pt-1 pb-24">
      <ul className="relative max-w-6xl" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const row = rows[index]
          return (
            row && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className="absolute inset-x-0 top-0 px-2 sm:px-4"
                style={{ transform: `translateY(${start}px)` }}
              >
                {row.kind === 'section' ? (
                  <SectionRow row={row} isPartial={more.isPartial} />
                ) : (
                  <TaskRow
                    task={row.task}
                    parts={parts}
                    editable={editable}
                    showSection={showSection}
                  />
                )}
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

/**
 * The row of the task that was opened last stays drawn, wherever a change has moved it: the focus goes
 * back to it.
 */
function usePinned(rows: ListRow[]): number {
  const { task } = route.useSearch()
  const [opened, setOpened] = useState<string>()
  const isListed = (id: string | undefined) => rows.some((row) => row.id === id)
  if (task !== opened && isListed(task)) setOpened(task)
  return useMemo(() => rows.findIndex(({ id }) => id === opened), [rows, opened])
}

const byNumber = (one: number, other: number) => one - other

type SectionRowProps = { row: Extract<ListRow, { kind: 'section' }>; isPartial: boolean }

function SectionRow({ row, isPartial }: SectionRowProps) {
  return (
    <h2 className="flex h-11 items-end gap-2 px-2 pb-1.5 font-semibold">
      <span dir="auto" className="truncate">
        {legible(row.name)}
      </span>
      <span className="font-normal text-ink-faint text-xs tabular-nums leading-5">
        {countOf(row.count, isPartial)}
      </span>
    </h2>
  )
}

type TaskRowProps = { task: TaskView; parts: ProjectParts; editable: boolean; showSection: boolean }

function TaskRow({ task, parts, editable, showSection }: TaskRowProps) {
  const section = parts.sections.find(({ id }) => id === task.sectionId)
  return (
    <div className="relative flex min-h-9.5 items-center gap-2 rounded-md border-line/70 border-b px-2 hover:bg-hover/60">
      <CompleteBox task={task} editable={editable} />
      <div className="flex min-w-0 grow flex-col py-1.5 sm:flex-row sm:items-center sm:gap-3">
        <span className="flex min-w-0 items-center gap-2 sm:grow">
          <PrioritySign priority={task.priority} />
          <Link
            id={linkIdOf(task.id)}
            from="/projects/$projectId"
            to="/projects/$projectId"
            search={(was) => ({ ...was, task: task.id })}
            className="truncate after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-accent"
          >
            <TitleText task={task} />
          </Link>
          <DescriptionSign task={task} />
        </span>
        <span className="flex shrink-0 flex-wrap items-center gap-2 empty:hidden">
          <SubtaskCount task={task} />
          <Labels task={task} parts={parts} most={2} />
          {showSection && section && (
            <span dir="auto" className="max-w-32 truncate text-ink-faint text-xs">
              {legible(section.name)}
            </span>
          )}
          <DueDate task={task} />
        </span>
      </div>
      <Assignees task={task} parts={parts} />
    </div>
  )
}

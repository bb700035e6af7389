import type { ImportReport } from '../api/types'
import { type Call, Refused, type Route } from './fake-call.ts'
import { addProject } from './fake-projects.ts'
import { addTask } from './fake-tasks.ts'

/** Knows as much of a board file as the pages need: lists, cards, and one kind of loss. */
type Placed = { name: string; pos?: number; closed?: boolean }
type Board = {
  name?: string
  lists?: (Placed & { id: string })[]
  cards?: (Placed & { idList: string; attachments?: unknown[] })[]
}

const byPosition = (one: Placed, other: Placed) => (one.pos ?? 0) - (other.pos ?? 0)

function importFile(call: Call) {
  const fileName = call.query.get('fileName') ?? 'file'
  let board: Board
  try {
    board = JSON.parse(call.raw) as Board
  } catch {
    const detail = 'The file ends in the middle of a value: line 3, column 18.'
    const pointer = '/cards/1/name'
    throw new Refused(422, 'import-invalid', detail, [{ pointer, code: 'import-invalid', detail }])
  }
  const { tarn, me } = call
  const lists = (board.lists ?? []).sort(byPosition)
  const cards = (board.cards ?? []).sort(byPosition)
  const project = addProject(tarn, me, call.query.get('name') ?? board.name ?? fileName, {
    sections: lists.map(({ name }) => name),
  })
  const sections = tarn.sections.filter(({ projectId }) => projectId === project.id)
  for (const [index, section] of sections.entries())
    section.archived = lists[index]?.closed === true
  const lines: ImportReport['lines'] = []
  for (const [index, card] of cards.entries()) {
    const place = lists.findIndex(({ id }) => id === card.idList)
    const sectionId = sections[place]?.id ?? null
    addTask(tarn, {
      projectId: project.id,
      createdBy: me.id,
      title: card.name,
      sectionId,
      archived: card.closed === true,
    })
    if (card.attachments?.length)
      lines.push({
        line: null,
        path: `/cards/${index}/attachments`,
        severity: 'left-out',
        code: 'attachment',
        detail: `${card.attachments.length} attachments of “${card.name}”`,
      })
  }
  const report: ImportReport = {
    id: tarn.nextId(),
    project: { id: project.id, name: project.name },
    format: 'trello',
    created: { sections: sections.length, tasks: cards.length, subtasks: 0, labels: 0 },
    leftOut: lines.length,
    lineCount: lines.length,
    lines,
  }
  return { status: 201, body: report }
}

export const importRoutes: Route[] = [{ method: 'POST', path: '/api/imports', run: importFile }]

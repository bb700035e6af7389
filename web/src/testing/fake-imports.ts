import type { ImportCharset, ImportPreview, ImportReport } from '../api/types'
import { type Call, Refused, type Route } from './fake-call.ts'
import { acceptedJob, addImportJob } from './fake-jobs.ts'
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
  if (call.tarn.importsAsJobs)
    return { status: 202, body: acceptedJob(addImportJob(call.tarn, call.me)) }
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

/** Knows the bytes only as UTF-8: what is something else is guessed to be Western. */
function previewImport({ raw, query }: Call) {
  const charset = query.get('charset') as ImportCharset | null
  const isGuessed = charset === null && raw.includes('\ufffd')
  const preview: ImportPreview = {
    ...readAs(raw, query),
    charset: charset ?? (isGuessed ? 'windows-1252' : 'utf-8'),
    charsetGuessed: isGuessed,
  }
  return { body: preview }
}

function readAs(raw: string, query: URLSearchParams) {
  if (/^\s*[{[]/.test(raw))
    return { format: 'trello' as const, columns: [], titles: cardsIn(raw).slice(0, 3) }
  const delimiter = /^[^\n]*;/.test(raw) ? ';' : ','
  const [header = [], ...rows] = raw
    .split('\n')
    .filter(Boolean)
    .map((row) => row.split(delimiter))
  const isTodoist = header.includes('TYPE') && header.includes('CONTENT')
  const wanted = /title:([^,]*)/.exec(query.get('columns') ?? '')?.[1]
  const title = header.findIndex((name) => name === (wanted ?? (isTodoist ? 'CONTENT' : header[0])))
  const titles = [...new Set(rows.flatMap((row) => row[title] ?? []))].slice(0, 3)
  return isTodoist && query.get('format') !== 'csv'
    ? { format: 'todoist' as const, columns: [], titles }
    : { format: 'csv' as const, columns: header.filter(Boolean), titles }
}

function cardsIn(raw: string) {
  try {
    return ((JSON.parse(raw) as Board).cards ?? []).map(({ name }) => name)
  } catch {
    return []
  }
}

export const importRoutes: Route[] = [
  { method: 'POST', path: '/api/imports', run: importFile },
  { method: 'POST', path: '/api/imports/preview', run: previewImport },
]

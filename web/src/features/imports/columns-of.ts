/**
 * What a column of a table can mean, and the names by which the server knows it, from the surest to
 * the vaguest: those of `PlainCsv.Field`, to which a test holds them.
 */
export const fields = {
  title: {
    label: 'Title',
    words:
      'title|summary|task name|task title|issue title|card name|card title|item name|name|task' +
      '|subject|headline|todo|item|issue|work item|action item|content|what|titel|aufgabe' +
      '|betreff|bezeichnung|vorgang|zusammenfassung|inhalt|titre|tache|nom|sujet|objet|intitule' +
      '|resume|contenu|titulo|tarea|tarefa|nombre|nome|asunto|assunto|resumen|resumo|contenido' +
      '|conteudo',
  },
  description: {
    label: 'Description',
    words:
      'description|notes|note|details|detail|body|content|card description|task description' +
      '|issue description|long description|desc|text|beschreibung|notizen|notiz|bemerkung' +
      '|bemerkungen|anmerkungen|task content|inhalt|remarques|contenu|descripcion|notas' +
      '|detalles|observaciones|contenido|descricao|detalhes|observacoes|conteudo',
  },
  key: {
    label: 'Key',
    words:
      'key|id|issue key|issue id|id issue|task id|taskid|card id|item id|ticket id|uid|uuid' +
      '|number|ticket|nr|no|#|issue number|reference|nummer|kennung|schlussel|identifiant|cle' +
      '|numero|clave|identificador|chave',
  },
  parent: {
    label: 'Sub-task of',
    words:
      'parent|parent id|parentid|parent key|parent task|parent task id|parent issue|parent item' +
      '|parent name|subtask of|ubergeordnet|ubergeordnete aufgabe|tache parente|parente' +
      '|tarea principal|padre|tarefa pai|pai',
  },
  section: {
    label: 'Section',
    words:
      'section|section column|column|column name|bucket|bucket name|list|list name|board list' +
      '|group|group name|abschnitt|spalte|liste|gruppe|bereich|colonne|groupe|seccion|columna' +
      '|lista|grupo|secao|coluna',
  },
  status: {
    label: 'Status',
    words:
      'status|state|task status|issue state|progress|stage|workflow state|zustand|fortschritt' +
      '|statut|etat|avancement|estado|progreso|situacao|andamento',
  },
  priority: {
    label: 'Priority',
    words:
      'priority|prio|importance|severity|prioritat|dringlichkeit|priorite|prioridad|prioridade',
  },
  start: {
    label: 'Starts',
    words:
      'start|start date|start at|start on|start time|started|begin|begins|begin date|startdatum' +
      '|beginn|start am|date de debut|debut|fecha de inicio|inicio|data de inicio',
  },
  due: {
    label: 'Due',
    words:
      'due|due date|due at|due on|duedate|deadline|finish|finish date|finish by|end|end date' +
      '|target date|due time|fallig|fallig am|falligkeit|falligkeitsdatum|frist|termin|enddatum' +
      '|ende|echeance|date d echeance|date limite|date de fin|fecha de vencimiento|vencimiento' +
      '|fecha limite|fecha de entrega|data de vencimento|vencimento|prazo|data limite',
  },
  completed: {
    label: 'Completed on',
    words:
      'completed at|completed date|completion date|date completed|completed on|completed time' +
      '|done at|done on|done date|closed at|closed date|date closed|closed on|resolved at' +
      '|resolution date|resolved on|finished date|finished at|finished on|erledigt am' +
      '|abgeschlossen am|termine le|fecha de finalizacion|data de conclusao|concluido em',
  },
  done: {
    label: 'Done',
    words:
      'done|completed|complete|is done|is completed|is complete|finished|closed|resolved' +
      '|checked|erledigt|fertig|abgeschlossen|termine|fait|hecho|completado|completada' +
      '|terminado|feito|concluido|concluida',
  },
  labels: {
    label: 'Labels',
    words:
      'labels|label|tags|tag|categories|category|keywords|etiketten|schlagworter|schlagworte' +
      '|kategorie|kategorien|etiquettes|mots cles|categorie|etiquetas|etiqueta|categorias' +
      '|categoria|marcadores',
  },
}

export type TaskField = keyof typeof fields

export const fieldNames = Object.keys(fields) as TaskField[]

/** Which column a field shall be read from, where its name does not say so or says otherwise. */
export type Columns = Partial<Record<TaskField, string>>

type Meaning = { becomes: Record<TaskField, string[]>; kept: string[] }

/** Fields that may stand in several columns. */
const several: readonly TaskField[] = ['key', 'labels', 'parent', 'section']

/**
 * What the server will make of the columns of a header: first comes what a person chose, then what
 * their names say. Those that become nothing are kept as text.
 */
export function columnsOf(header: readonly string[], chosen: Columns): Meaning {
  let free = header.map((name) => ({ name, word: wordOf(name) }))
  const becomes = Object.fromEntries(
    fieldNames.map((field) => [field, []]),
  ) as unknown as Meaning['becomes']
  const take = (field: TaskField, columns: typeof free) => {
    becomes[field] = columns.map(({ name }) => name)
    free = free.filter((column) => !columns.includes(column))
  }
  for (const [field, name] of Object.entries(chosen))
    take(field as TaskField, free.filter((column) => column.name === name).slice(0, 1))
  for (const field of fieldNames.filter((name) => !chosen[name])) {
    const known = knownAs(field, free)
    take(field, several.includes(field) ? known : known.slice(0, 1))
  }
  if (namesNothing(becomes)) take('title', free.filter(({ name }) => name).slice(0, 1))
  return { becomes, kept: free.map(({ name }) => name).filter(Boolean) }
}

function knownAs<T extends { word: string }>(field: TaskField, columns: T[]): T[] {
  const words = wordsOf[field]
  return columns
    .filter(({ word }) => words.includes(word))
    .sort((one, other) => words.indexOf(one.word) - words.indexOf(other.word))
}

/** Where the rest is clear, the first column without a meaning holds the titles. */
function namesNothing(becomes: Meaning['becomes']): boolean {
  const found = fieldNames.filter((field) => becomes[field].length > 0)
  return found.length > 1 && !found.includes('title') && !found.includes('key')
}

const wordsOf = Object.fromEntries(
  Object.entries(fields).map(([field, { words }]) => [field, words.split('|')]),
) as Record<TaskField, string[]>

/** A name as it is compared: small letters, no accents, one kind of gap. */
function wordOf(name: string): string {
  return (name.replace(/\s*\([^()]{0,100}\)\s*$/, '') || name)
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[\s_./:'’-]+/g, ' ')
    .trim()
}

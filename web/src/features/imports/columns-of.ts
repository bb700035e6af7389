/**
 * What a column of a table can mean, and the names by which the server knows it, from the surest to
 * the vaguest: those of `headers.properties`, to which a test holds them.
 */
export const fields = {
  title: {
    label: 'Title',
    words:
      'title|summary|task name|task title|issue title|card name|card title|item name|name' +
      '|task|subject|headline|todo|item|issue|work item|action item|content|what|titel' +
      '|aufgabe|betreff|bezeichnung|vorgang|zusammenfassung|inhalt|titre|tache|nom|sujet' +
      '|objet|intitule|resume|contenu|titulo|tarea|tarefa|nombre|nome|asunto|assunto' +
      '|resumen|resumo|contenido|conteudo|titolo|oggetto|riepilogo|attività|taak|naam' +
      '|onderwerp|samenvatting|tytuł|zadanie|nazwa|temat|podsumowanie|uppgift|namn|rubrik' +
      '|sammanfattning|opgave|navn|oppgave|tittel|emne|název|úkol|předmět|souhrn|feladat' +
      '|cím|név|tárgy|название|задача|заголовок|тема|имя|наименование|タイトル|件名|タスク名|タスク|課題名' +
      '|要約|題名|名前|标题|任务名称|任务|名称|主题|摘要|事项|제목|작업 이름|작업|업무|할 일|이름|요약',
  },
  description: {
    label: 'Description',
    words:
      'description|notes|note|details|detail|body|content|card description|task description' +
      '|issue description|long description|desc|text|beschreibung|notizen|notiz|bemerkung' +
      '|bemerkungen|anmerkungen|task content|inhalt|remarques|contenu|descripcion|notas' +
      '|detalles|observaciones|contenido|descricao|detalhes|observacoes|conteudo' +
      '|descrizione|dettagli|contenuto|beschrijving|omschrijving|notities|opmerkingen|opis' +
      '|notatki|uwagi|szczegóły|beskrivning|anteckningar|beskrivelse|noter|popis|poznámky' +
      '|poznámka|leírás|megjegyzés|описание|заметки|примечание|примечания|комментарий|説明|詳細' +
      '|メモ|内容|備考|描述|说明|备注|详情|설명|내용|메모|비고',
  },
  key: {
    label: 'Key',
    words:
      'key|id|issue key|issue id|id issue|task id|taskid|card id|item id|ticket id|uid|uuid' +
      '|number|ticket|nr|no|#|issue number|reference|nummer|kennung|schlussel|identifiant' +
      '|cle|numero|clave|identificador|chave|codice|sleutel|klucz|numer|nyckel|nøgle|klíč' +
      '|číslo|kulcs|azonosító|ключ|номер|код|キー|番号|課題キー|编号|키|번호',
  },
  parent: {
    label: 'Sub-task of',
    words:
      'parent|parent id|parentid|parent key|parent task|parent task id|parent issue' +
      '|parent item|parent name|subtask of|ubergeordnet|ubergeordnete aufgabe|tache parente' +
      '|parente|tarea principal|padre|tarefa pai|pai|attività principale|bovenliggende taak' +
      '|zadanie nadrzędne|överordnad uppgift|nadřazený úkol|szülő|родительская задача' +
      '|родитель|親タスク|親課題|父任务|상위 작업',
  },
  section: {
    label: 'Section',
    words:
      'section|section column|column|column name|bucket|bucket name|list|list name' +
      '|board list|group|group name|abschnitt|spalte|liste|gruppe|bereich|colonne|groupe' +
      '|seccion|columna|lista|grupo|secao|coluna|sezione|colonna|elenco|gruppo|sectie|kolom' +
      '|lijst|groep|sekcja|kolumna|grupa|sektion|kolumn|grupp|sekce|sloupec|skupina|szakasz' +
      '|oszlop|csoport|раздел|колонка|секция|список|группа|セクション|列|リスト|グループ|分组|列表|清单|分区|섹션' +
      '|열|목록|그룹',
  },
  status: {
    label: 'Status',
    words:
      'status|state|task status|issue state|progress|stage|workflow state|zustand' +
      '|fortschritt|statut|etat|avancement|estado|progreso|situacao|andamento|stato' +
      '|avanzamento|voortgang|stan|tillstånd|stav|állapot|státusz|статус|состояние|ステータス|状態' +
      '|状況|進捗|状态|进度|상태|진행 상황|진행 상태',
  },
  priority: {
    label: 'Priority',
    words:
      'priority|prio|importance|severity|prioritat|dringlichkeit|priorite|prioridad' +
      '|prioridade|priorità|prioriteit|priorytet|prioritet|priorita|prioritás|приоритет|優先度' +
      '|重要度|优先级|重要性|우선순위|중요도',
  },
  start: {
    label: 'Starts',
    words:
      'start|start date|start at|start on|start time|started|begin|begins|begin date' +
      '|startdatum|beginn|start am|date de debut|debut|fecha de inicio|inicio' +
      '|data de inicio|inizio|data di inizio|begindatum|data rozpoczęcia|początek|startdato' +
      '|začátek|datum zahájení|kezdés|kezdő dátum|дата начала|начало|開始日|開始|开始日期|开始时间|开始' +
      '|시작일|시작 날짜|시작',
  },
  due: {
    label: 'Due',
    words:
      'due|due date|due at|due on|duedate|deadline|finish|finish date|finish by|end' +
      '|end date|target date|due time|fallig|fallig am|falligkeit|falligkeitsdatum|frist' +
      '|termin|enddatum|ende|echeance|date d echeance|date limite|date de fin' +
      '|fecha de vencimiento|vencimiento|fecha limite|fecha de entrega|data de vencimento' +
      '|vencimento|prazo|data limite|scadenza|data di scadenza|vervaldatum|einddatum' +
      '|termin wykonania|förfallodatum|slutdatum|forfaldsdato|forfallsdato|datum splnění' +
      '|határidő|esedékesség|срок|срок выполнения|дата окончания|дедлайн|期限|期日|締切|締め切り|終了日' +
      '|截止日期|到期日|截止时间|结束日期|마감일|기한|종료일',
  },
  completed: {
    label: 'Completed on',
    words:
      'completed at|completed date|completion date|date completed|completed on' +
      '|completed time|done at|done on|done date|closed at|closed date|date closed' +
      '|closed on|resolved at|resolution date|resolved on|finished date|finished at' +
      '|finished on|erledigt am|abgeschlossen am|termine le|fecha de finalizacion' +
      '|data de conclusao|concluido em|completato il|data di completamento|voltooid op' +
      '|data ukończenia|data zakończenia|slutfört den|datum dokončení|befejezés dátuma' +
      '|дата завершения|дата выполнения|完了日|完成日期|完成时间|완료일|완료 날짜',
  },
  done: {
    label: 'Done',
    words:
      'done|completed|complete|is done|is completed|is complete|finished|closed|resolved' +
      '|checked|erledigt|fertig|abgeschlossen|termine|fait|hecho|completado|completada' +
      '|terminado|feito|concluido|concluida|fatto|completato|voltooid|klaar|gereed|zrobione' +
      '|ukończone|gotowe|klar|färdig|hotovo|dokončeno|kész|befejezett|готово|выполнено' +
      '|завершено|完了|済|完成|已完成|是否完成|완료|완료 여부',
  },
  labels: {
    label: 'Labels',
    words:
      'labels|label|tags|tag|categories|category|keywords|etiketten|schlagworter' +
      '|schlagworte|kategorie|kategorien|etiquettes|mots cles|categorie|etiquetas|etiqueta' +
      '|categorias|categoria|marcadores|etichette|etichetta|etiketter|etykiety|etykieta' +
      '|kategoria|taggar|kategori|štítky|štítek|címkék|címke|метки|теги|ярлыки|категория' +
      '|ラベル|タグ|カテゴリ|カテゴリー|标签|类别|分类|라벨|태그|레이블|분류|카테고리',
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
 * What the server will make of the columns of a header: first comes what a user chose, then what
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
  Object.entries(fields).map(([field, { words }]) => [field, words.split('|').map(wordOf)]),
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

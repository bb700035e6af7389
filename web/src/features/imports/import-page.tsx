import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { importOnce, importPreviewQuery, previewBytes } from '@/api/imports'
import { projectsKey } from '@/api/projects'
import type { ImportCharset, ImportFormat } from '@/api/types'
import { Button } from '@/ui/button'
import { Field, Input, Select } from '@/ui/field'
import { useTitle } from '@/ui/use-title'
import { invisibleIn, oneLine } from '@/ui/visible'
import { CharsetField } from './charset-field'
import { ColumnFields } from './column-fields'
import type { Columns } from './columns-of'
import { FileDrop } from './file-drop'
import { fieldErrorsOf } from './import-field-errors'
import { ImportJobs } from './import-jobs'
import { ImportProblem } from './import-problem'
import { ImportReportView } from './import-report-view'

const limitBytes = 100 * 1024 * 1024

export function ImportPage() {
  useTitle('Import')
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-5 px-4 py-6 sm:px-8">
        <div className="grid gap-1">
          <h1 className="font-semibold text-xl tracking-tight">Import</h1>
          <p className="text-ink-soft">
            Bring a board or a list along. It becomes a new project; whatever cannot come along is
            listed line by line.
          </p>
        </div>
        <Importer />
        <ImportJobs />
      </div>
    </div>
  )
}

function Importer() {
  const [file, setFile] = useState<File | null>(null)
  const [name, setName] = useState('')
  const [format, setFormat] = useState<ImportFormat | ''>('')
  const [columns, setColumns] = useState<Columns>({})
  const [charset, setCharset] = useState<ImportCharset | ''>('')
  const { progress, onProgress, ...upload } = useImport()
  const tooLarge = file !== null && file.size > limitBytes
  const options = { ...said({ format, name: oneLine(name), charset }), columns }
  const preview = usePreview(tooLarge ? null : file, options)
  const choose = (chosen: File | null) => {
    upload.reset()
    setFile(chosen)
    setColumns({})
    setCharset('')
  }
  const chooseColumns = (chosen: Columns) => {
    if (upload.isError) upload.reset()
    setColumns(chosen)
  }
  if (upload.data && 'lines' in upload.data)
    return (
      <ImportReportView report={upload.data}>
        <Button onClick={() => choose(null)}>Import another file</Button>
      </ImportReportView>
    )
  const names = preview?.columns ?? []
  const errors = fieldErrorsOf(upload.error, names.length > 0)
  const isPlaced = Object.keys(errors).length > 0
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (file && !tooLarge && !faultIn(name)) upload.mutate({ file, options, onProgress })
      }}
    >
      <FileDrop file={file} onChoose={choose} busy={upload.isPending} tooLarge={tooLarge} />
      {upload.error && !isPlaced && <ImportProblem error={upload.error} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <NameField name={name} onName={setName} error={errors.name} />
        <Field label="Format" error={errors.format} hint="Usually found out by itself.">
          {(parts) => (
            <Select
              {...parts}
              value={format}
              onChange={({ target }) => setFormat(target.value as ImportFormat | '')}
            >
              <option value="">Find out</option>
              <option value="trello">Trello board (JSON)</option>
              <option value="todoist">Todoist project (CSV)</option>
              <option value="csv">Any other CSV</option>
            </Select>
          )}
        </Field>
      </div>
      {file && !tooLarge && (
        <CharsetField
          preview={preview}
          isWhole={file.size <= previewBytes}
          chosen={charset}
          onChoose={(chosen) => {
            if (upload.isError) upload.reset()
            setCharset(chosen)
          }}
          error={errors.charset}
        />
      )}
      {names.length > 0 && (
        <ColumnFields
          header={names}
          chosen={columns}
          onChoose={chooseColumns}
          error={errors.columns}
          isTitleMissing={errors.title !== undefined}
        />
      )}
      {upload.isPending && <UploadProgress share={progress} />}
      <Button
        type="submit"
        variant="primary"
        size="large"
        className="justify-self-start"
        disabled={!file || tooLarge || upload.isPending}
      >
        {upload.isPending ? 'Importing…' : 'Import'}
      </Button>
    </form>
  )
}

/** The reason why a project name would be refused, if any. */
const faultIn = (name: string) => invisibleIn(oneLine(name))

type NameProps = { name: string; onName: (name: string) => void; error: string | undefined }

function NameField({ name, onName, error }: NameProps) {
  return (
    <Field label="Project name" error={faultIn(name) ?? error} hint="Empty: the name in the file.">
      {(parts) => (
        <Input
          {...parts}
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={(event) => onName(event.target.value)}
        />
      )}
    </Field>
  )
}

/** How the server would read the file; nothing until it has told, or where it would refuse it. */
function usePreview(file: File | null, options: Parameters<typeof importPreviewQuery>[1]) {
  const { data } = useQuery(
    file ? importPreviewQuery(file, options) : { queryKey: ['import-preview'], queryFn: skipToken },
  )
  return data
}

/** The choices that were made. */
function said<Choices extends object>(choices: Choices) {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value)) as {
    [Name in keyof Choices]?: Exclude<Choices[Name], '' | undefined>
  }
}

function useImport() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [progress, setProgress] = useState(0)
  const upload = useMutation({
    meta: { shown: true },
    mutationFn: importOnce,
    onMutate: () => setProgress(0),
    onSuccess: async (answer) => {
      if ('kind' in answer) await navigate({ to: '/import/$jobId', params: { jobId: answer.id } })
      else await queryClient.invalidateQueries({ queryKey: projectsKey })
    },
  })
  return { ...upload, progress, onProgress: setProgress }
}

function UploadProgress({ share }: { share: number }) {
  const percent = Math.round(share * 100)
  return (
    <div className="grid gap-1.5" role="status">
      <p className="text-ink-soft">
        {percent < 100 ? `Sending the file: ${percent} %` : 'The file is there. Reading it…'}
      </p>
      <progress
        aria-label="Upload"
        className="h-1.5 w-full overflow-hidden rounded-full accent-accent"
        max={100}
        value={percent}
      />
    </div>
  )
}

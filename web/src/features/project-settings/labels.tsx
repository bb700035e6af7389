import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Clash, explain } from '@/api/api-problem'
import { untilSent } from '@/api/client'
import { changeLabel, createLabel, deleteLabel, labelsQuery, restoreLabel } from '@/api/projects'
import { useSubmitQueue } from '@/api/submit-queue'
import { taskListsKey } from '@/api/tasks'
import type { Color, LabelDraft, LabelView } from '@/api/types'
import { changerOf } from '@/api/users'
import { Button } from '@/ui/button'
import { changedLine } from '@/ui/changed-line'
import { ColorChoice } from '@/ui/color-choice'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { colorName, LabelDot } from '@/ui/label-chip'
import { legible } from '@/ui/legible'
import { Panel } from '@/ui/panel'
import { SkeletonRows } from '@/ui/skeleton'
import { toast, toastProblem } from '@/ui/toast'
import { AddLine } from './add-line'
import { RenameField } from './rename-field'

export function Labels({ projectId, editable }: { projectId: string; editable: boolean }) {
  const { data: labels, error } = useQuery(labelsQuery(projectId))
  const [color, setColor] = useState<Color>('teal')
  const create = useLabelMutation(projectId, ({ label, key }: { label: LabelDraft; key: string }) =>
    untilSent(() => createLabel(projectId, label, key)),
  )
  const line = useSubmitQueue({
    place: `label ${projectId}`,
    write: (label: LabelDraft, key) => create.mutateAsync({ label, key }),
  })
  return (
    <Panel title="Labels">
      {error && <p className="text-danger">{explain(error)}</p>}
      {!(labels || error) && <SkeletonRows count={3} />}
      {labels?.length === 0 && <p className="text-ink-soft">There are no labels yet.</p>}
      <ul className="-mt-1">
        {labels?.map((label) => (
          <Label key={label.id} projectId={projectId} label={label} editable={editable} />
        ))}
      </ul>
      {editable && (
        <AddLine
          label="Add a label"
          maxLength={100}
          line={line}
          onAdd={(name) => line.add(name, { name, color })}
        >
          <ColorChoice label="Colour of the new label" value={color} onChange={setColor} />
        </AddLine>
      )}
    </Panel>
  )
}

function Label({
  projectId,
  label,
  editable,
}: {
  projectId: string
  label: LabelView
  editable: boolean
}) {
  const name = legible(label.name, `unnamed ${colorName(label.color)}`)
  const rename = useLabelMutation(
    projectId,
    (given: string) => changeLabel(projectId, label, { name: given }),
    { shown: true },
  )
  const recolor = useRecolor(projectId, label)
  const restore = useLabelMutation(projectId, () => restoreLabel(projectId, label.id))
  const remove = useLabelMutation(projectId, () => deleteLabel(projectId, label.id))
  const undo = { label: 'Undo', run: () => restore.mutateAsync(undefined) }
  const [asking, setAsking] = useState(false)
  return (
    <li className="flex items-center gap-2 py-1">
      {editable ? (
        <ColorChoice label={`Colour of ${name}`} value={label.color} onChange={recolor} />
      ) : (
        <LabelDot color={label.color} />
      )}
      <RenameField
        label={`Name of label ${name}`}
        placeholder="No name"
        value={label.name}
        thing={{ what: 'this label', ...label }}
        maxLength={100}
        disabled={!editable}
        onRename={(given) => rename.mutateAsync(given)}
      />
      {editable && (
        <Button
          variant="ghost"
          size="small-icon"
          aria-label={`Delete label ${name}`}
          title={`Delete label ${name}`}
          onClick={() => setAsking(true)}
        >
          <Trash2 className="size-4" aria-hidden="true" />
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        title={`Delete the label “${name}”?`}
        action="Delete label"
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => toast(`The label “${name}” is deleted.`, undo),
            onSettled: () => setAsking(false),
          })
        }
      >
        It is taken off all tasks that have it.
      </ConfirmDialog>
    </li>
  )
}

function useRecolor(projectId: string, label: LabelView) {
  const client = useQueryClient()
  const recolor = useLabelMutation(
    projectId,
    (color: Color) => changeLabel(projectId, label, { color }),
    { shown: true },
  )
  const tell = async (error: Error) => {
    if (!(error instanceof Clash)) return toastProblem(explain(error))
    const theirs: LabelView = error.theirs
    const changer = await changerOf(client, theirs.updatedBy)
    const line = changedLine('this label', changer, theirs.updatedAt)
    toastProblem(`${line} It is now ${colorName(theirs.color)}. Choose again to change it.`)
  }
  return (color: Color) => recolor.mutate(color, { onError: tell })
}

function useLabelMutation<T>(
  projectId: string,
  mutationFn: (given: T) => Promise<unknown>,
  meta?: { shown: boolean },
) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn,
    ...(meta && { meta }),
    onSettled: () => {
      // Tasks tell their labels.
      void queryClient.invalidateQueries({ queryKey: taskListsKey(projectId) })
      return queryClient.invalidateQueries({ queryKey: labelsQuery(projectId).queryKey })
    },
  })
}

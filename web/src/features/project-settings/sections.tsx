import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Archive, ArchiveRestore, ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { explain } from '@/api/api-problem'
import { untilSent } from '@/api/client'
import {
  changeSection,
  createSection,
  deleteSection,
  moveSection,
  restoreSection,
  sectionsQuery,
} from '@/api/projects'
import { useSubmitQueue } from '@/api/submit-queue'
import type { SectionView } from '@/api/types'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { legible } from '@/ui/legible'
import { Panel } from '@/ui/panel'
import { SkeletonRows } from '@/ui/skeleton'
import { toast } from '@/ui/toast'
import { AddLine } from './add-line'
import { RenameField } from './rename-field'

export function Sections({ projectId, editable }: { projectId: string; editable: boolean }) {
  const { data: sections, error } = useQuery(sectionsQuery(projectId))
  const create = useSectionMutation(projectId, ({ name, key }: { name: string; key: string }) =>
    untilSent(() => createSection(projectId, name, key)),
  )
  const line = useSubmitQueue({
    place: `section ${projectId}`,
    write: (name: string, key) => create.mutateAsync({ name, key }),
  })
  return (
    <Panel title="Sections" lead="The columns of the board, from left to right.">
      {error && <p className="text-danger">{explain(error)}</p>}
      {!(sections || error) && <SkeletonRows count={3} />}
      <ol className="-mt-1">
        {sections?.map((section, index) => (
          <Section
            key={section.id}
            projectId={projectId}
            section={section}
            above={sections.slice(0, index)}
            below={sections.slice(index + 1)}
            editable={editable}
          />
        ))}
      </ol>
      {editable && (
        <AddLine
          label="Add a section"
          maxLength={300}
          line={line}
          onAdd={(name) => line.add(name, name)}
        />
      )}
    </Panel>
  )
}

type SectionProps = {
  projectId: string
  section: SectionView
  above: SectionView[]
  below: SectionView[]
  editable: boolean
}

function Section({ projectId, section, above, below, editable }: SectionProps) {
  const name = legible(section.name)
  const rename = useSectionMutation(
    projectId,
    (given: string) => changeSection(projectId, section, { name: given }),
    { shown: true },
  )
  const archive = useSectionMutation(projectId, (archived: boolean) =>
    changeSection(projectId, section, { archived }),
  )
  const move = useSectionMutation(projectId, (after: string | null) =>
    moveSection(projectId, section.id, after),
  )
  const restore = useSectionMutation(projectId, () => restoreSection(projectId, section.id))
  const remove = useSectionMutation(projectId, () => deleteSection(projectId, section.id))
  const undo = { label: 'Undo', run: () => restore.mutateAsync(undefined) }
  const [asking, setAsking] = useState(false)
  const Toggle = section.archived ? ArchiveRestore : Archive
  return (
    <li className="flex items-center gap-1 py-1">
      <RenameField
        label={`Name of section ${name}`}
        value={section.name}
        thing={{ what: 'this section', ...section }}
        maxLength={300}
        disabled={!editable}
        onRename={(given) => rename.mutateAsync(given)}
      />
      {section.archived && (
        <span className="rounded-full bg-warn-wash px-2 text-warn text-xs leading-5">Archived</span>
      )}
      {editable && (
        <>
          <IconButton
            label={`Move ${name} up`}
            disabled={above.length === 0}
            onClick={() => move.mutate(above.at(-2)?.id ?? null)}
          >
            <ArrowUp className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton
            label={`Move ${name} down`}
            disabled={below.length === 0}
            onClick={() => move.mutate(below[0]?.id ?? null)}
          >
            <ArrowDown className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton
            label={section.archived ? `Bring back ${name}` : `Archive ${name}`}
            onClick={() => archive.mutate(!section.archived)}
          >
            <Toggle className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton label={`Delete ${name}`} onClick={() => setAsking(true)}>
            <Trash2 className="size-4" aria-hidden="true" />
          </IconButton>
          <ConfirmDialog
            open={asking}
            title={`Delete the section “${name}”?`}
            action="Delete section"
            busy={remove.isPending}
            onClose={() => setAsking(false)}
            onConfirm={() =>
              remove.mutate(undefined, {
                onSuccess: () => toast(`The section “${name}” is deleted.`, undo),
                onSettled: () => setAsking(false),
              })
            }
          >
            Only a section without tasks can be deleted. Those of it in the trash come back without
            a section.
          </ConfirmDialog>
        </>
      )}
    </li>
  )
}

type IconButtonProps = {
  label: string
  disabled?: boolean
  onClick: () => void
  children: ReactNode
}

function IconButton({ label, children, ...props }: IconButtonProps) {
  return (
    <Button variant="ghost" size="small-icon" aria-label={label} title={label} {...props}>
      {children}
    </Button>
  )
}

function useSectionMutation<T>(
  projectId: string,
  mutationFn: (given: T) => Promise<unknown>,
  meta?: { shown: boolean },
) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn,
    ...(meta && { meta }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sectionsQuery(projectId).queryKey }),
  })
}

import { useBlocker } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { Controller, type UseFormReturn } from 'react-hook-form'
import type { TaskView } from '@/api/types'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { Field, FormMessage, Select } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'
import { colorName, LabelDot } from '@/ui/label-chip'
import { legible } from '@/ui/legible'
import { pasteLine } from '@/ui/paste-line'
import { ConflictNotice, CrossedNote } from './conflict-notice'
import { DateTimeField } from './date-time-field'
import { DescriptionField } from './description-field'
import { PickField } from './pick-field'
import { priorities } from './task-bits'
import type { TaskFormValues } from './task-form-values'
import type { ProjectParts } from './task-queries'
import { useTaskForm } from './use-task-form'

type Props = { task: TaskView; parts: ProjectParts; editable: boolean; children: ReactNode }

export function TaskForm({ task, parts, editable, children }: Props) {
  const { form, submit, conflict, crossed, isSaving, isUnsaved, keep } = useTaskForm(task)
  const { errors, isDirty } = form.formState
  const saveByKey = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!(event.repeat || isSaving || task.deletedAt)) void submit()
  }
  const id = useId()
  const noteAt = (field: string) =>
    !conflict && crossed.includes(field) ? <CrossedNote task={task} parts={parts} /> : undefined
  return (
    <>
      <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)] content-start gap-5 overflow-y-auto px-4 py-4 sm:px-5">
        {conflict && <ConflictNotice {...conflict} parts={parts} />}
        <form
          id={id}
          noValidate
          onSubmit={submit}
          onKeyDown={saveByKey}
          className="grid grid-cols-[minmax(0,1fr)] gap-5"
        >
          <FormMessage>{errors.root?.message}</FormMessage>
          <TitleField form={form} editable={editable} note={noteAt('title')} />
          <Properties form={form} parts={parts} editable={editable} />
          <DescriptionField form={form} editable={editable} note={noteAt('description')} />
        </form>
        {children}
      </div>
      {isDirty && !conflict && (
        <div className="flex shrink-0 items-center justify-end gap-2 border-line border-t bg-canvas px-4 py-2.5">
          <span className="mr-auto text-ink-soft">
            {task.deletedAt ? 'Not saved: restore the task first' : 'Not saved yet'}
          </span>
          <Button variant="ghost" onClick={() => form.reset()}>
            Discard
          </Button>
          {!task.deletedAt && (
            <Button type="submit" form={id} variant="primary" disabled={isSaving}>
              {isSaving ? 'Saving…' : 'Save'}
            </Button>
          )}
        </div>
      )}
      <LeaveGuard dirty={isDirty} isUnsaved={isUnsaved} onSessionEnd={keep} />
    </>
  )
}

type PartProps = { form: UseFormReturn<TaskFormValues>; editable: boolean }

function TitleField({ form, editable, note }: PartProps & { note: ReactNode }) {
  return (
    <Field label="Title" hideLabel hint={note} error={form.formState.errors.title?.message}>
      {(parts) => (
        <textarea
          {...parts}
          {...form.register('title')}
          rows={1}
          dir="auto"
          readOnly={!editable}
          onPaste={pasteLine}
          onKeyDown={(event) =>
            event.key === 'Enter' && !isComposing(event) && event.preventDefault()
          }
          className="wrap-anywhere field-sizing-content -mx-2 min-w-0 resize-none rounded-md border border-transparent bg-transparent px-2 py-1 font-semibold text-lg leading-6 hover:border-line focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger"
        />
      )}
    </Field>
  )
}

function Properties({ form, parts, editable }: PartProps & { parts: ProjectParts }) {
  const { errors } = form.formState
  const sectionId = form.getValues('sectionId')
  return (
    <fieldset
      disabled={!editable}
      className="grid grid-cols-1 gap-x-4 gap-y-3 min-[26rem]:grid-cols-2 min-w-0"
    >
      <legend className="sr-only">Properties</legend>
      <Field label="Section" error={errors.sectionId?.message}>
        {(field) => (
          <Select {...field} {...form.register('sectionId')}>
            <option value="">No section</option>
            {parts.sections
              .filter(({ id, archived }) => !archived || id === sectionId)
              .map(({ id, name }) => (
                <option dir="auto" key={id} value={id}>
                  {legible(name)}
                </option>
              ))}
          </Select>
        )}
      </Field>
      <Field label="Priority" error={errors.priority?.message}>
        {(field) => (
          <Select {...field} {...form.register('priority')}>
            {Object.entries(priorities).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Controller
        control={form.control}
        name="start"
        render={({ field }) => (
          <DateTimeField label="Starts" error={errors.start?.message} {...field} />
        )}
      />
      <Controller
        control={form.control}
        name="due"
        render={({ field }) => <DateTimeField label="Due" error={errors.due?.message} {...field} />}
      />
      <Controller
        control={form.control}
        name="assignees"
        render={({ field }) => (
          <PickField
            label="Assignees"
            nothing={field.value.length > 0 ? parts.unnamed : 'Nobody'}
            error={errors.assignees?.message}
            options={parts.users.map(({ id, name }) => ({
              id,
              name,
              sign: <Avatar id={id} name={name} />,
            }))}
            {...field}
          />
        )}
      />
      <Controller
        control={form.control}
        name="labels"
        render={({ field }) => (
          <PickField
            label="Labels"
            nothing="None"
            error={errors.labels?.message}
            options={parts.labels.map(({ id, name, color }) => ({
              id,
              name: legible(name, colorName(color)),
              sign: <LabelDot color={color} className="mx-1" />,
            }))}
            {...field}
          />
        )}
      />
    </fieldset>
  )
}

type GuardProps = { dirty: boolean; isUnsaved: () => boolean; onSessionEnd: () => void }

/**
 * Closing, switching to another task and leaving the page are all navigation: one guard for all. But
 * whoever has been signed out has nothing to decide: what they typed waits until they are back.
 */
function LeaveGuard({ dirty, isUnsaved, onSessionEnd }: GuardProps) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ next }) => {
      const isSessionOver = 'ended' in next.search
      if (dirty && isSessionOver) onSessionEnd()
      return isUnsaved() && !isSessionOver
    },
    enableBeforeUnload: dirty,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      open={status === 'blocked'}
      title="Discard your changes?"
      action="Discard"
      onClose={() => reset?.()}
      onConfirm={() => proceed?.()}
    >
      What you changed in this task is not saved yet.
    </ConfirmDialog>
  )
}

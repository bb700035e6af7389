import { lazy, type ReactNode, Suspense, useState } from 'react'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { cn } from '@/ui/cn'
import { Field, Textarea } from '@/ui/field'
import { Skeleton } from '@/ui/skeleton'
import type { TaskFormValues } from './task-form-values'

const Markdown = lazy(() => import('@/ui/markdown').then((file) => ({ default: file.Markdown })))

type Props = {
  form: UseFormReturn<TaskFormValues>
  editable: boolean
  /** What others do to it meanwhile. */
  note: ReactNode
}

export function DescriptionField({ form, editable, note }: Props) {
  const text = useWatch({ control: form.control, name: 'description' })
  const [writing, setWriting] = useState(text === '')
  if (!editable && text === '') return null
  return (
    <section aria-label="Description" className="grid gap-1.5">
      <div className="flex items-center justify-between">
        <h3 className="font-medium text-ink-soft">Description</h3>
        {editable && (
          <div className="flex rounded-md border border-line p-px text-xs">
            <Mode label="Write" active={writing} onClick={() => setWriting(true)} />
            <Mode label="Preview" active={!writing} onClick={() => setWriting(false)} />
          </div>
        )}
      </div>
      {editable && writing ? (
        <Field
          label="Description"
          hideLabel
          error={form.formState.errors.description?.message}
          hint={note ?? 'Markdown works here.'}
        >
          {(parts) => (
            <Textarea
              {...parts}
              {...form.register('description')}
              placeholder="Add details"
              className="field-sizing-content max-h-96 min-h-24"
            />
          )}
        </Field>
      ) : (
        <Suspense fallback={<Skeleton className="h-16" />}>
          {text.trim() ? (
            <Markdown>{text}</Markdown>
          ) : (
            <p className="text-ink-faint">Nothing to show.</p>
          )}
        </Suspense>
      )}
    </section>
  )
}

function Mode({ label, active, onClick }: { label: string; active: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={active}
      onClick={onClick}
      className={cn(
        'rounded-[0.3125rem] px-2 py-0.5 text-ink-soft hover:text-ink',
        active && 'bg-hover font-medium text-ink',
      )}
    >
      {label}
    </button>
  )
}

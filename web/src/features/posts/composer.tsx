import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { showAtFields } from '@/api/field-errors'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Field, FormMessage, Input } from '@/ui/field'
import { MentionBox } from './mention-box'
import { Preview } from './preview'
import type { Words } from './unsent'
import { useNameable } from './use-people'
import { useWords } from './use-words'

type Props = {
  projectId: string
  /** Where these words are kept while they are not sent. */
  unsentKey: string
  initial?: Words
  version?: number
  /** What the box is for: "Write a comment". */
  label: string
  /** Comments and replies have no title, and less room. */
  compact?: boolean
  takeFocus?: boolean
  send: string
  onSend: (words: Words) => Promise<unknown>
  onDraft?: ((words: Words) => Promise<unknown>) | undefined
  /** What went wrong and is told elsewhere. */
  isTold?: (error: unknown) => boolean
  onCancel?: () => void
  notice?: ReactNode
}

const nothing: Words = { title: '', body: '' }

/** Where people write: Markdown with a preview, and `@` for names. What was typed is never lost. */
export function Composer({ initial = nothing, compact = false, ...props }: Props) {
  const { projectId, unsentKey, label, send, onSend, onDraft, onCancel, isTold } = props
  const { form, body, touched, clear } = useWords(unsentKey, initial, props.version)
  const [previewing, setPreviewing] = useState(!compact)
  const { errors, isSubmitting } = form.formState

  const sendBy = (run: (words: Words) => Promise<unknown>) =>
    form.handleSubmit(async (words) => {
      try {
        await run(words)
        if (!onCancel) form.setFocus('body')
        clear()
      } catch (error) {
        if (!isTold?.(error)) showAtFields(form, error)
      }
    })
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void sendBy(onSend)()
  }
  const cancel = () => {
    clear()
    onCancel?.()
  }
  const open = !compact || touched || onCancel !== undefined

  return (
    <form
      noValidate
      aria-label={label}
      onSubmit={sendBy(onSend)}
      onKeyDown={sendByKey}
      className="grid min-w-0 gap-2"
    >
      {props.notice}
      <FormMessage>{errors.root?.message}</FormMessage>
      {!compact && <TitleField form={form} />}
      <div className={cn('grid gap-2', previewing && !compact && 'lg:grid-cols-2')}>
        <BodyField form={form} {...props} compact={compact} />
        {previewing && open && <Preview projectId={projectId} body={body} />}
      </div>
      {open && (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            size="small"
            variant="ghost"
            aria-pressed={previewing}
            className="-ml-2 aria-pressed:text-accent"
            onClick={() => setPreviewing(!previewing)}
          >
            Preview
          </Button>
          <div className="ml-auto flex gap-2">
            {onCancel && (
              <Button size="small" variant="ghost" onClick={cancel}>
                {touched ? 'Discard' : 'Cancel'}
              </Button>
            )}
            {onDraft && (
              <Button size="small" disabled={isSubmitting} onClick={sendBy(onDraft)}>
                Save draft
              </Button>
            )}
            <Button size="small" variant="primary" type="submit" disabled={isSubmitting}>
              {send}
            </Button>
          </div>
        </div>
      )}
    </form>
  )
}

function TitleField({ form }: { form: UseFormReturn<Words> }) {
  return (
    <Field label="Title" hideLabel error={form.formState.errors.title?.message}>
      {(parts) => (
        <Input
          {...parts}
          {...form.register('title')}
          autoComplete="off"
          placeholder="Title, if it needs one"
          className="font-semibold"
        />
      )}
    </Field>
  )
}

type BodyProps = Pick<Props, 'projectId' | 'label' | 'compact' | 'takeFocus'>

function BodyField({
  form,
  projectId,
  label,
  compact = false,
  takeFocus,
}: BodyProps & { form: UseFormReturn<Words> }) {
  const people = useNameable(projectId)
  return (
    <Field label={label} hideLabel error={form.formState.errors.body?.message}>
      {(parts) => (
        <MentionBox
          {...parts}
          {...form.register('body')}
          people={people}
          offer={compact ? 'above' : 'below'}
          autoFocus={takeFocus}
          rows={1}
          placeholder={compact ? label : 'Markdown works here; @ names somebody'}
          className={cn('field-sizing-content max-h-[50vh]', compact ? 'min-h-9' : 'min-h-32')}
        />
      )}
    </Field>
  )
}

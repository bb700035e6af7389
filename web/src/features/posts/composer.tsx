import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Field, FormMessage, Input } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'
import { toast } from '@/ui/toast'
import { MentionBox } from './mention-box'
import { bringBack, type Words } from './post-draft-store'
import { Preview } from './preview'
import { UnclearMentions } from './unclear-mentions'
import { useNameable } from './use-authors'
import { usePostForm } from './use-post-form'
import { useSubmitPost } from './use-submit-post'

type Props = {
  projectId: string
  /** Where these words are kept while they are not sent. */
  draftKey: string
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
  /** Sent or given up. Without it the box stays open. */
  onClose?: () => void
  notice?: ReactNode
}

const nothing: Words = { title: '', body: '' }

/** Where people write: Markdown with a preview, and `@` for names. What was typed is never lost. */
export function Composer({ initial = nothing, compact = false, ...props }: Props) {
  const { projectId, draftKey, label, send, onSend, onDraft, onClose, isTold } = props
  const words = usePostForm(draftKey, initial, props.version)
  const { form, body, touched, clear } = words
  const [previewing, setPreviewing] = useState(!compact)
  const { errors } = form.formState
  const { place, isSending, sendBy } = useSubmitPost(words, { draftKey, onClose, isTold })
  const sendByKey = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!event.repeat) sendBy(onSend)()
  }
  const cancel = () => {
    const discarded = form.getValues()
    clear()
    onClose?.()
    if (touched)
      toast('What you wrote is discarded.', {
        label: 'Undo',
        run: () => bringBack(draftKey, discarded, props.version),
      })
  }
  const open = !compact || touched || onClose !== undefined

  return (
    <form
      ref={place}
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
      <UnclearMentions projectId={projectId} body={body} />
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
            {onClose && (
              <Button size="small" variant="ghost" onClick={cancel}>
                {touched ? 'Discard' : 'Cancel'}
              </Button>
            )}
            {onDraft && (
              <Button size="small" disabled={isSending} onClick={sendBy(onDraft)}>
                Save draft
              </Button>
            )}
            <Button size="small" variant="primary" type="submit" disabled={isSending}>
              {send}
            </Button>
          </div>
        </div>
      )}
    </form>
  )
}

function TitleField({ form }: { form: UseFormReturn<Words> }) {
  const goOn = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || isComposing(event)) return
    event.preventDefault()
    form.setFocus('body')
  }
  return (
    <Field label="Title" hideLabel error={form.formState.errors.title?.message}>
      {(parts) => (
        <Input
          {...parts}
          {...form.register('title')}
          onKeyDown={goOn}
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
  const users = useNameable(projectId)
  return (
    <Field label={label} hideLabel error={form.formState.errors.body?.message}>
      {(parts) => (
        <MentionBox
          {...parts}
          {...form.register('body')}
          users={users}
          offer={compact ? 'above' : 'below'}
          autoFocus={takeFocus}
          rows={1}
          placeholder={compact ? label : 'Markdown works here; @ names someone'}
          className={cn('field-sizing-content max-h-[50vh]', compact ? 'min-h-9' : 'min-h-32')}
        />
      )}
    </Field>
  )
}

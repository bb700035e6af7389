import { notifyManager, useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { Clash, explain } from '@/api/api-problem'
import { meQuery, namesQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { changedLine } from '@/ui/changed-line'
import { Input } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'
import { legible } from '@/ui/legible'
import { invisibleIn, oneLine } from '@/ui/visible'

type Changed = { updatedAt: string | null; updatedBy: string | null }

type Props = {
  label: string
  value: string
  /** What is named, and who changed it last. */
  thing: Changed & { what: string }
  maxLength: number
  placeholder?: string
  disabled: boolean
  /** What it throws is told here. */
  onRename: (name: string) => Promise<unknown>
}

/**
 * A name one edits in place: Enter or leaving saves it, Escape brings the old one back. What cannot be
 * saved stays in the field, and a name that was changed elsewhere is not overwritten unseen.
 */
export function RenameField(props: Props) {
  const { label, value, thing, maxLength, placeholder, disabled, onRename } = props
  const box = useRef<HTMLInputElement>(null)
  const noteId = useId()
  const { typed, fault, isChanged, type, save, drop } = useRenaming(value, onRename)
  const isNoted = isChanged || fault !== null
  return (
    <div className="grid min-w-0 grow grid-cols-[minmax(0,1fr)] gap-1">
      <Input
        ref={box}
        aria-label={label}
        aria-invalid={isNoted || undefined}
        aria-describedby={isNoted ? noteId : undefined}
        autoComplete="off"
        look="bare"
        maxLength={maxLength}
        disabled={disabled}
        placeholder={placeholder}
        value={typed ?? value}
        onChange={(event) => type(event.target.value)}
        onBlur={() => !isChanged && void save()}
        onKeyDown={(event) => {
          if (isComposing(event)) return
          if (event.key === 'Enter') void save()
          if (event.key === 'Escape') drop()
        }}
      />
      {isNoted && (
        <div id={noteId} role="alert" className="flex flex-wrap items-center gap-2 px-2.5 pb-1">
          <p dir="auto" className="wrap-anywhere text-danger text-xs">
            {isChanged ? <ChangedLine name={value} {...thing} /> : fault}
          </p>
          {isChanged && (
            <>
              <Button
                size="small"
                onClick={() => {
                  drop()
                  box.current?.focus()
                }}
              >
                Keep the other
              </Button>
              <Button
                size="small"
                onClick={() => {
                  void save()
                  box.current?.focus()
                }}
              >
                Overwrite with mine
              </Button>
            </>
          )}
        </div>
      )}
    </div>
  )
}

/** Who gave it the name it has now, and when. */
function ChangedLine({ name, what, updatedAt, updatedBy }: Props['thing'] & { name: string }) {
  const { data: me } = useQuery(meQuery)
  const { data: names } = useQuery(namesQuery(updatedBy === null ? [] : [updatedBy]))
  const isMe = updatedBy !== null && updatedBy === me?.id
  const line = changedLine(what, { isMe, name: names?.[0]?.name ?? null }, updatedAt)
  return `${line} It is now called “${legible(name)}”.`
}

/** Until what was read last has reached `value`. */
const untilShown = () => new Promise<void>((done) => notifyManager.schedule(done))

/** `from`: the name that was seen when the typing began, or when it was told last. */
type Typing = { text: string; from: string }

function useRenaming(value: string, onRename: Props['onRename']) {
  const [typing, setTyping] = useState<Typing | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [isWanted, setWanted] = useState(false)
  const isChanged = typing !== null && typing.from !== value && oneLine(typing.text) !== value
  const [isTold, setTold] = useState(false)

  const drop = () => {
    setTyping(null)
    setFault(null)
    setTold(false)
  }

  const send = async (name: string, text: string) => {
    setSaving(true)
    try {
      await onRename(name).finally(untilShown)
      // What was typed while it was being saved is the next change.
      setTyping((now) => (now && now.text !== text ? { text: now.text, from: name } : null))
      setFault(null)
      setTold(false)
    } catch (error) {
      setTold(error instanceof Clash)
      setFault(error instanceof Clash ? null : explain(error))
    } finally {
      setSaving(false)
    }
  }

  const save = async () => {
    if (typing === null) return
    if (isSaving) return setWanted(true)
    const name = oneLine(typing.text)
    const unseen = invisibleIn(name)
    if (name === value) return drop()
    if (unseen) return setFault(unseen)
    if (isChanged && !isTold) return setTold(true)
    await send(name, typing.text)
  }

  // What was to be saved while the change before it was being saved.
  useEffect(() => {
    if (!isWanted || isSaving) return
    setWanted(false)
    void save()
  })

  return {
    typed: typing?.text ?? null,
    fault,
    isChanged: isTold && isChanged,
    type: (text: string) => setTyping((now) => ({ text, from: now?.from ?? value })),
    save,
    drop,
  }
}

/** A text with one of its characters marked; behind the last one a blank is. */
export function MarkedCharacter({ text, position }: { text: string; position: number }) {
  const code = text.codePointAt(position)
  const character = code === undefined ? '' : String.fromCodePoint(code)
  return (
    <p className="wrap-anywhere whitespace-pre-wrap font-mono">
      {text.slice(0, position)}
      <mark className="rounded-sm bg-danger px-px text-surface">{character.trim() || '␣'}</mark>
      {text.slice(position + character.length)}
    </p>
  )
}

import type { FieldValues, Path, UseFormReturn } from 'react-hook-form'

/** Starts a form anew from what was saved, and keeps what was typed while it was being saved. */
export function resetForm<T extends FieldValues>(form: UseFormReturn<T>, saved: T, sent: T) {
  const typed = form.getValues()
  // The form's own options keep what is typed: they are for changes from elsewhere.
  form.reset(saved, { keepDirty: false, keepDirtyValues: false, keepErrors: false })
  for (const name of Object.keys(saved) as Path<T>[])
    if (typed[name] !== sent[name]) form.setValue(name, typed[name], { shouldDirty: true })
}

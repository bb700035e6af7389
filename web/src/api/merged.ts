import { Clash, isProblem } from './api-problem'

/** How often another change may come first before the refusal is shown. */
const maxAttempts = 5

type Versioned = { version: number }

type Merging<View, Change> = {
  /** What the change was made from. */
  base: View
  change: Change
  write: (change: Change, version: number) => Promise<View>
  read: () => Promise<View>
}

/**
 * Writes a change of some fields over a newer version too, if that one differs in other fields only.
 * Throws {@link Clash} when both changed the same field to different values.
 */
export async function changeMerged<View extends Versioned, Change extends object>({
  base,
  change,
  write,
  read,
}: Merging<View, Change>): Promise<View> {
  let version = base.version
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write(change, version)
    } catch (error) {
      if (!isProblem(error, 'version-mismatch') || attempt === maxAttempts) throw error
      const theirs = await read()
      if (clashesIn(base, theirs, change).length > 0) throw new Clash(theirs)
      version = theirs.version
    }
  }
}

/** The fields of a change that another change has given other values meanwhile. */
export function clashesIn<View extends object>(base: View, theirs: View, change: object): string[] {
  const at = (of: object, field: string) => JSON.stringify((of as Record<string, unknown>)[field])
  return Object.keys(change).filter(
    (field) => at(theirs, field) !== at(base, field) && at(theirs, field) !== at(change, field),
  )
}

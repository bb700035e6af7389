const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** As in “a, b and c”. */
export const and = (parts: string[]) => list.format(parts)

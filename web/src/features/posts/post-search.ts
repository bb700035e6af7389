/** Which posts one looks at: in the URL, so that a view can be shared. */
export type PostSearch = { words?: string | undefined; author?: string | undefined }

export function postSearch({ words, author }: Record<string, unknown>): PostSearch {
  return {
    ...(typeof words === 'string' && words ? { words } : {}),
    ...(typeof author === 'string' && author ? { author } : {}),
  }
}

export const isNarrowed = ({ words, author }: PostSearch) => Boolean(words || author)

export type ProjectSearch = {
  text?: string | undefined
  archived?: true | undefined
  new?: true | undefined
}

export function projectSearch(search: Record<string, unknown>): ProjectSearch {
  const { text } = search
  return {
    ...(typeof text === 'string' && text ? { text } : {}),
    ...(isOn(search.archived) ? { archived: true } : {}),
    ...(isOn(search.new) ? { new: true } : {}),
  }
}

function isOn(value: unknown) {
  return value === true || value === 'true'
}

export type PeopleSearch = { text?: string | undefined }

export function peopleSearch({ text }: Record<string, unknown>): PeopleSearch {
  return typeof text === 'string' && text ? { text } : {}
}

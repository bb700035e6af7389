type Question = { query: string; operationName?: string | null; variables?: unknown }
type Problem = { detail?: string; title?: string; status?: number }

/** Asks the graph with the session of this browser. A refusal of REST's kind becomes an error of the graph's. */
export async function ask(question: Question) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      Accept: 'application/graphql-response+json, application/json',
      'Content-Type': 'application/json',
    },
    credentials: 'same-origin',
    body: JSON.stringify({ ...question, operationName: operationOf(question) }),
  })
  if (!response.headers.get('Content-Type')?.includes('problem+json')) return await response.json()
  const problem: Problem = await response.json()
  return { errors: [{ message: problem.detail ?? problem.title, extensions: problem }] }
}

/** For a moment after the tab was changed GraphiQL still names the operation of the tab before. */
function operationOf({ query, operationName }: Question) {
  return operationName && new RegExp(`\\b${operationName}\\b`).test(query) ? operationName : null
}

/** Whether someone is signed in; true when that can't be told, because then the graph says what is wrong. */
export async function signedIn(): Promise<boolean> {
  try {
    const { errors } = await ask({ query: '{ me { id } }' })
    return errors?.[0]?.extensions?.status !== 401
  } catch {
    return true
  }
}

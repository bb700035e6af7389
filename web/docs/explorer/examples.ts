/** What the explorer opens with. Each runs as it is, for every user. */
export const examples = [
  {
    query: `# Projects, their open tasks, and who says what.
# Ctrl-Enter runs it, Ctrl-Space completes.
query Projects {
  projects(first: 3) {
    nodes {
      id
      name
      openTasks
      tasks(first: 10, status: OPEN) {
        nodes {
          title
          due
          assignees {
            name
          }
          comments(first: 3) {
            nodes {
              body
              author {
                name
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
`,
  },
  {
    query: `# A change: it really opens a project.
# What it shall be called stands below.
mutation OpenProject($input: ProjectInput!) {
  createProject(input: $input) {
    id
    name
    role
    version
  }
}
`,
    variables: JSON.stringify({ input: { name: 'Opened from the explorer' } }, null, 2),
  },
  {
    query: `# Exact to the last digit: numbers are text.
query Calculate($it: String!, $guests: Decimal!) {
  calculate(
    expression: $it
    variables: [{ name: "guests", value: $guests }]
  ) {
    result
    exact
  }
}
`,
    variables: JSON.stringify({ it: '12.50 * guests + 80 / 3', guests: '17' }, null, 2),
  },
]

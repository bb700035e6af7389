import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import type { FakeAnswer, FakeRequest } from './fake-call.ts'

type Schema = { type?: string | string[]; $ref?: string; format?: string }
type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema: Schema }
type Content = Record<string, { schema: Schema }>
type Response = { content?: Content; $ref?: string }
type Operation = {
  parameters?: Parameter[]
  requestBody?: { content: Content; required?: boolean }
  responses: Record<string, Response>
}
type Contract = {
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> }
  paths: Record<string, Record<string, Operation>>
}

const root = join(import.meta.dirname, '../../..')
const contract = parse(readFileSync(join(root, 'contracts/openapi/tarn.yaml'), 'utf8')) as Contract

/** The codes of problems, with the statuses that each comes with, from the page that explains them. */
const problems = new Map(
  [
    ...readFileSync(join(root, 'web/docs/errors.html'), 'utf8').matchAll(
      /<tr id="([^"]+)">[\s\S]*?<td>(.*?)<\/td>/g,
    ),
  ].map(([, code = '', statuses = '']) => [code, (statuses.match(/\d+/g) ?? []).map(Number)]),
)

const uuid = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  coerceTypes: false,
  formats: {
    uuid,
    'date-time': instant,
    date: /^\d{4}-\d\d-\d\d$/,
    binary: true,
    int32: true,
    int64: true,
  },
}).addSchema({ $id: 'tarn', components: contract.components })

const validators = new Map<Schema, ValidateFunction>()

/** What a value has that the schema does not allow, one line each. */
function faults(schema: Schema, value: unknown): string[] {
  const validate = validators.get(schema) ?? ajv.compile(absolute(schema))
  validators.set(schema, validate)
  validate(value)
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  )
}

/** The same schema with references that do not depend on where it stands. */
const absolute = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"tarn#/components/'))

/**
 * What a request sends that the contract does not know, and what its answer says that the contract
 * does not: nothing, if the fake server and the app keep to it.
 */
export function breaches(request: FakeRequest, answer: FakeAnswer | null): string[] {
  const url = new URL(request.url, 'http://localhost')
  // Health is for operators and not part of the contract.
  if (url.pathname.startsWith('/health/')) return []
  const operation = operationFor(request.method, url.pathname)
  const found = operation
    ? [
        ...inQuery(operation, url.searchParams),
        ...inHeaders(operation, request.headers),
        ...inBody(operation, request, answer),
        ...(answer ? inAnswer(operation, answer) : []),
      ]
    : ['no such operation']
  return found.map((fault) => `${request.method} ${request.url}: ${fault}`)
}

function operationFor(method: string, pathname: string): Operation | undefined {
  const paths = Object.keys(contract.paths).filter((path) => isAt(path, pathname))
  // Words before parameters: /api/users/me is no user called me.
  const [path] = paths.sort((one, other) => one.split('{').length - other.split('{').length)
  return path === undefined ? undefined : contract.paths[path]?.[method.toLowerCase()]
}

function isAt(path: string, pathname: string): boolean {
  const given = pathname.split('/')
  const steps = path.split('/')
  return (
    steps.length === given.length &&
    steps.every((step, at) => step.startsWith('{') || step === given[at])
  )
}

function inQuery({ parameters = [] }: Operation, query: URLSearchParams): string[] {
  return [...new Set(query.keys())].flatMap((name) => {
    const known = parameters.find((one) => one.in === 'query' && one.name === name)
    if (!known) return [`unknown query parameter ${name}`]
    return faults(known.schema, read(known.schema, query.getAll(name))).map(
      (fault) => `query parameter ${name}: ${fault}`,
    )
  })
}

/** The text of an address as the type that its parameter has. */
function read(schema: Schema, [first = '', ...rest]: string[]): unknown {
  if (schema.type === 'array') return [first, ...rest]
  if (rest.length > 0) return [first, ...rest]
  if (schema.type === 'integer') return Number(first)
  return schema.type === 'boolean' && /^(true|false)$/.test(first) ? first === 'true' : first
}

const checkedHeaders = ['if-match', 'if-none-match', 'idempotency-key']

function inHeaders({ parameters = [] }: Operation, headers: Record<string, string>): string[] {
  const known = parameters.flatMap((one) => (one.in === 'header' ? [one.name.toLowerCase()] : []))
  const sent = Object.keys(headers).map((name) => name.toLowerCase())
  return checkedHeaders
    .filter((name) => sent.includes(name) && !known.includes(name))
    .map((name) => `unknown header ${name}`)
}

function inBody(
  { requestBody }: Operation,
  { body, headers }: FakeRequest,
  answer: FakeAnswer | null,
): string[] {
  if (!requestBody) return body ? ['a body, where none is known'] : []
  if (!body) return requestBody.required ? ['no body'] : []
  const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(requestBody.content)
  // A file is sent as what it is.
  if (schema.format === 'binary') return []
  if (headers['content-type'] !== type) return [`a body of type ${headers['content-type']}`]
  // What the server refuses may well break its rules, but not by fields that it does not know.
  const isRefused = answer !== null && answer.status >= 400
  return faults(schema, JSON.parse(body))
    .filter((fault) => !isRefused || fault.includes('additionalProperty'))
    .map((fault) => `body: ${fault}`)
}

function inAnswer({ responses }: Operation, { status, headers, body }: FakeAnswer): string[] {
  const named = responses[status] ?? (status >= 400 ? responses.default : undefined)
  const response = named?.$ref
    ? contract.components.responses[named.$ref.replace(/.*\//, '')]
    : named
  if (!response) return [`status ${status}, of ${Object.keys(responses)}`]
  if (!response.content) return body ? [`status ${status} with a body`] : []
  const type = headers['Content-Type'] ?? ''
  const content = response.content[type]
  if (!content) return [`an answer of type ${type}`]
  const value = JSON.parse(body)
  return [...faults(content.schema, value), ...(status >= 400 ? inProblem(status, value) : [])].map(
    (fault) => `answer ${status}: ${fault}`,
  )
}

function inProblem(status: number, { code, type }: { code: string; type: string }): string[] {
  const statuses = problems.get(code)
  if (!statuses) return [`unknown code ${code}`]
  return [
    ...(statuses.includes(status) ? [] : [`${code} comes with ${statuses}`]),
    ...(type === `/docs/errors#${code}` ? [] : [`${code} has the type ${type}`]),
  ]
}

let kept: string[] = []

/** Keeps in mind what breaks the contract until the test has ended: within the app it would be lost. */
export function keepBreaches(request: FakeRequest, answer: FakeAnswer | null) {
  kept.push(...breaches(request, answer))
}

/** Fails a test of which a request or an answer broke the contract. */
export function failOnBreaches() {
  const found = kept
  kept = []
  if (found.length > 0) throw new Error(`Against the contract:\n${found.join('\n')}`)
}

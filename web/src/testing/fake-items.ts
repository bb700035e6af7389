import type { ItemSum, ItemView } from '../api/types'
import {
  type Call,
  checkVersion,
  invalid,
  isMember,
  page,
  projectFor,
  Refused,
  type Route,
  required,
} from './fake-call.ts'
import type { FakeStore } from './fake-store.ts'

type Content = Pick<ItemView, 'quantity' | 'unitPrice' | 'formula'>

export function addItem(
  tarn: FakeStore,
  item: { projectId: string | null; name: string; createdBy: string } & Partial<ItemView>,
): ItemView {
  const now = new Date().toISOString()
  const content = {
    description: '',
    quantity: '1',
    unit: '',
    unitPrice: '0',
    currency: null,
    formula: 'quantity * unitPrice',
  }
  const added: ItemView = {
    id: tarn.nextId(),
    createdAt: now,
    updatedAt: now,
    updatedBy: item.createdBy,
    deletedAt: null,
    version: 1,
    ...content,
    ...(item.totalState ? unknown : totalOf(tarn, { ...content, ...item })),
    ...item,
  }
  tarn.items.push(added)
  return added
}

const unknown = { total: null, totalState: 'pending', totalExact: true } as const

type Decimal = { digits: bigint; places: number }

const decimal = (text: string): Decimal => {
  const [whole = '', rest = ''] = text.split('.')
  return { digits: BigInt(whole + rest), places: rest.length }
}

const times = (one: Decimal, other: Decimal): Decimal => ({
  digits: one.digits * other.digits,
  places: one.places + other.places,
})

function plus(one: Decimal, other: Decimal): Decimal {
  const places = Math.max(one.places, other.places)
  const scaled = ({ digits, places: has }: Decimal) => digits * 10n ** BigInt(places - has)
  return { digits: scaled(one) + scaled(other), places }
}

function plain({ digits, places }: Decimal): string {
  const text = digits.toString().padStart(places + 1, '0')
  const whole = text.slice(0, text.length - places)
  const rest = text.slice(text.length - places).replace(/0+$/, '')
  return rest ? `${whole}.${rest}` : whole
}

/** Knows how to multiply and to add: as much of a calculator as the table needs. */
function worth({ formula, quantity, unitPrice }: Content): string {
  const given: Record<string, string> = { quantity, unitPrice }
  let at = 0
  const term = (text: string) => {
    const value = given[text.trim()] ?? text.trim()
    const position = at + text.search(/\S|$/)
    at += text.length + 1
    if (!/^\d+(\.\d+)?$/.test(value)) throw notThere(position)
    return decimal(value)
  }
  const products = formula.split('+').map((part) => part.split('*').map(term).reduce(times))
  return plain(products.reduce(plus))
}

function notThere(position: number) {
  const detail = 'Here a number, a name or a bracket is expected.'
  return new Refused(422, 'syntax', detail, [
    { pointer: '/formula', code: 'syntax', detail, position },
  ])
}

function totalOf(
  tarn: FakeStore,
  content: Content,
): Pick<ItemView, 'total' | 'totalState' | 'totalExact'> {
  if (tarn.calculatorAway) return unknown
  return { total: worth(content), totalState: 'done', totalExact: true }
}

function checked(json: Record<string, unknown>) {
  const { name, currency } = json as { name?: string; currency?: string | null }
  if (name !== undefined && name.trim() === '') throw invalid('/name', 'A name is needed.')
  if (currency && currency !== 'EUR' && currency !== 'JPY' && currency !== 'USD')
    throw invalid('/currency', 'There is no such currency in ISO 4217.', 'unknown')
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined))
}

function itemOf(call: Call, role: 'viewer' | 'editor' = 'viewer'): ItemView {
  const item = required(call.tarn.items.find(({ id }) => id === call.path.id))
  if (item.projectId) projectFor(call, item.projectId, role)
  return item
}

function changed({ me }: Call, item: ItemView, change: Partial<ItemView>) {
  const now = new Date().toISOString()
  const by = { updatedAt: now, updatedBy: me.id }
  Object.assign(item, change, { version: item.version + 1, ...by })
  return { body: item }
}

/** The items of a project, or one's own: a list is empty for who may not see them. */
function asked(call: Call) {
  const project = call.query.get('project')
  const own = call.query.get('own') === 'true'
  const place = own ? null : project
  return call.tarn.items.filter(
    ({ projectId, createdBy }) =>
      place === projectId && (projectId ? isMember(call, projectId) : createdBy === call.me.id),
  )
}

function list(call: Call) {
  const text = call.query.get('text')?.toLowerCase() ?? ''
  const deleted = call.query.get('deleted') === 'true'
  const found = asked(call).filter(
    (one) => Boolean(one.deletedAt) === deleted && one.name.toLowerCase().includes(text),
  )
  const sort = call.query.get('sort')
  if (sort === 'name') found.sort((one, other) => one.name.localeCompare(other.name))
  if (sort === '-createdAt') found.reverse()
  return { body: page(found, call.query) }
}

function sums(call: Call) {
  const mine = asked(call).filter((one) => !one.deletedAt)
  const currencies = [...new Set(mine.map(({ currency }) => currency))].sort()
  const items = currencies.map((currency): ItemSum => {
    const of = mine.filter((one) => one.currency === currency)
    const known = of.flatMap(({ total }) => (total === null ? [] : [decimal(total)]))
    return {
      currency,
      total: plain(known.reduce(plus, decimal('0'))),
      exact: of.every(({ total, totalExact }) => total === null || totalExact),
      items: of.length,
      unknown: of.length - known.length,
    }
  })
  return { body: { items } }
}

function add(call: Call) {
  const draft = checked(call.json) as { projectId: string | null; name: string }
  if (draft.projectId) projectFor(call, draft.projectId, 'editor')
  return { status: 201, body: addItem(call.tarn, { ...draft, createdBy: call.me.id }) }
}

const usual = { quantity: '1', unitPrice: '0', formula: 'quantity * unitPrice' }

function change(call: Call) {
  const item = itemOf(call, 'editor')
  if (item.deletedAt)
    throw new Refused(409, 'in-trash', 'This item is in the trash. Restore it first.')
  checkVersion(call, item.version)
  const next = { ...item, ...(checked(call.json) as Partial<ItemView>) }
  for (const name of ['quantity', 'unitPrice', 'formula'] as const) next[name] ??= usual[name]
  next.description ??= ''
  return changed(call, item, { ...next, ...totalOf(call.tarn, next) })
}

/** A formula that was taken on trust and comes to nothing is not refused later. */
function totalLater(tarn: FakeStore, item: ItemView) {
  try {
    return totalOf(tarn, item)
  } catch {
    return { ...unknown, totalState: 'failed' as const }
  }
}

function calculate(call: Call) {
  const item = itemOf(call, 'editor')
  if (item.totalState === 'done') return { body: item }
  const total = totalLater(call.tarn, item)
  return total.totalState === item.totalState ? { body: item } : changed(call, item, total)
}

export const itemRoutes: Route[] = [
  { method: 'GET', path: '/api/items/sums', run: sums },
  { method: 'GET', path: '/api/items', run: list },
  { method: 'POST', path: '/api/items', run: add },
  { method: 'GET', path: '/api/items/{id}', run: (call) => ({ body: itemOf(call) }) },
  { method: 'PATCH', path: '/api/items/{id}', run: change },
  { method: 'PUT', path: '/api/items/{id}/calculation', run: calculate },
  {
    method: 'DELETE',
    path: '/api/items/{id}',
    run: (call) => {
      changed(call, itemOf(call, 'editor'), { deletedAt: new Date().toISOString() })
      return {}
    },
  },
  {
    method: 'PUT',
    path: '/api/items/{id}/restoration',
    run: (call) => changed(call, itemOf(call, 'editor'), { deletedAt: null }),
  },
]

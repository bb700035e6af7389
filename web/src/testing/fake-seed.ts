import type { ItemView, PostView, TaskPriority } from '../api/types'
import { addItem } from './fake-items.ts'
import { addPost } from './fake-posts.ts'
import { addLabel, addProject } from './fake-projects.ts'
import type { FakeStore } from './fake-store.ts'
import type { FakeTarn } from './fake-tarn.ts'
import { addTask } from './fake-tasks.ts'
import { addUser, openSession } from './fake-users.ts'

const inDays = (days: number, hour = 17) => {
  const at = new Date()
  at.setDate(at.getDate() + days)
  at.setHours(hour, 0, 0, 0)
  return at.toISOString()
}

/** A small team in the middle of its week: `ada@example.org`, password `tarn-demo-1`. */
export function seedDemo(tarn: FakeTarn) {
  const ada = addUser(tarn, {
    name: 'Ada Brandt',
    email: 'ada@example.org',
    password: 'tarn-demo-1',
  })
  const users = ['Noor Haddad', 'Jonas Lind', 'Mei Tanaka'].map((name) =>
    addUser(tarn, {
      name,
      email: `${name.split(' ')[0]?.toLowerCase()}@example.org`,
      password: 'tarn-demo-1',
    }),
  )
  openSession(tarn, ada, 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1')
  const others = users.map(({ id }) => id)
  const hut = seedHut(tarn, ada.id, others)
  if (hut) tarn.live.pretended.set(hut, others)
  const site = addProject(tarn, ada, 'Website', { description: 'The public pages.' })
  addTask(tarn, { projectId: site.id, createdBy: ada.id, title: 'Write the imprint' })
  seedLarge(tarn, ada.id)
  addProject(tarn, ada, 'Reading list')
}

type Card = {
  title: string
  days?: number
  labels?: number[]
  users?: number[]
  priority?: TaskPriority
  done?: true
  children?: [string, boolean][]
  description?: string
}

const planned: Card[] = [
  { title: 'Ask the valley council about the footbridge', days: 9, labels: [3], users: [1] },
  {
    title: 'Order slate for the north roof',
    days: 3,
    priority: 'high',
    labels: [0],
    users: [2],
    description: 'Two offers are in. **Brandt & Sons** can deliver before the snow.',
    children: [
      ['Measure the ridge again', true],
      ['Compare the two offers', true],
      ['Book the helicopter slot', false],
    ],
  },
  { title: 'Repaint the shutters', labels: [4] },
  { title: 'Choose a wood stove that the insurer accepts', days: 16, labels: [1], users: [0, 3] },
  { title: 'Update the emergency plan', priority: 'medium', labels: [2] },
]
const underWay: Card[] = [
  {
    title: 'Repair the water intake above the hut',
    days: -1,
    priority: 'urgent',
    labels: [0, 2],
    users: [0, 1],
    children: [
      ['Clear the grate', true],
      ['Replace the valve', false],
    ],
    description:
      '## What happened\n\nThe grate froze in the **night of the 14th**.\n\n- [x] Photos for the insurer\n- [ ] New valve, 1¼ inch\n',
  },
  { title: 'Winter timetable for the wardens', days: 0, labels: [4], users: [3] },
  { title: 'Test the new radio on the pass', days: 1, labels: [1], users: [2] },
]
const finished: Card[] = [
  { title: 'Fix the drying room heater', labels: [0], users: [1], done: true },
  { title: 'Stock list for the pantry', users: [3], done: true },
  { title: 'Renew the fire extinguishers', labels: [2], users: [0], done: true, days: -6 },
]

function seedHut(tarn: FakeStore, adaId: string, others: string[]) {
  const ada = tarn.users.find(({ id }) => id === adaId)
  if (!ada) return
  const hut = addProject(tarn, ada, 'Mountain hut', {
    description: 'Everything to be done before the hut closes for the winter.',
    sections: ['Planned', 'Under way', 'Done'],
  })
  const everybody = [adaId, ...others]
  for (const userId of others) hut.members.push({ userId, role: 'editor', addedAt: hut.createdAt })
  const labels = [
    addLabel(tarn, hut.id, 'Repairs', 'orange'),
    addLabel(tarn, hut.id, 'Equipment', 'blue'),
    addLabel(tarn, hut.id, 'Safety', 'red'),
    addLabel(tarn, hut.id, 'Paperwork', 'purple'),
    addLabel(tarn, hut.id, '', 'teal'),
  ].map(({ id }) => id)
  const sections = tarn.sections.filter(({ projectId }) => projectId === hut.id)
  const pick = (from: string[], places: number[] = []) => places.flatMap((at) => from[at] ?? [])
  const add = (card: Card, sectionId: string | null) => {
    const task = addTask(tarn, {
      projectId: hut.id,
      createdBy: adaId,
      title: card.title,
      description: card.description ?? '',
      sectionId,
      priority: card.priority ?? 'none',
      due: card.days === undefined ? null : inDays(card.days).slice(0, 10),
      labels: pick(labels, card.labels),
      assignees: pick(everybody, card.users),
      status: card.done ? 'done' : 'open',
      completedAt: card.done ? inDays(-2) : null,
    })
    const shared = { projectId: hut.id, createdBy: adaId, parentId: task.id }
    for (const [title, done] of card.children ?? [])
      addTask(tarn, { ...shared, title, status: done ? 'done' : 'open' })
  }
  seedBudget(tarn, hut.id, adaId)
  for (const [index, cards] of [planned, underWay, finished].entries())
    for (const card of cards) add(card, sections[index]?.id ?? null)
  seedTalk(tarn, hut.id, everybody)
  return hut.id
}

function seedTalk(tarn: FakeStore, projectId: string, [ada = '', noor = '', jonas = '']: string[]) {
  const roof = tarn.tasks.find(({ title }) => title.startsWith('Order slate'))
  const say = (authorId: string, body: string, more: Partial<PostView> = {}) =>
    addPost(tarn, { projectId, authorId, body, ...more })
  const plan = say(
    ada,
    'We close on the **12th**. @noor-haddad, can you take the keys?\n\nWhat is left is on the board.',
    { title: 'How we close the hut' },
  )
  say(noor, 'Yes, and the stove pipe.', { parentId: plan.id })
  say(ada, 'The helicopter is booked for', { title: 'Flights', state: 'draft' })
  const offer = say(noor, 'The second offer is cheaper by a fifth.', { taskId: roof?.id ?? null })
  say(ada, 'But later.', { taskId: roof?.id ?? null, parentId: offer.id })
  say(jonas, 'The ridge is 14.2 m, **not** 13.', { taskId: roof?.id ?? null })
}

function seedBudget(tarn: FakeStore, projectId: string, createdBy: string) {
  const add = (name: string, more: Partial<ItemView>) =>
    addItem(tarn, { projectId, createdBy, name, ...more })
  add('Slate, second choice', { quantity: '42.5', unit: 'm²', unitPrice: '38.9', currency: 'EUR' })
  add('Helicopter slot', { quantity: '3', unitPrice: '1180', currency: 'CHF' })
  add('Roofers', {
    quantity: '64',
    unit: 'h',
    unitPrice: '52.375',
    currency: 'EUR',
    formula: 'quantity * unitPrice + 180',
  })
  add('Insurance, share of the season', {
    unitPrice: '1000',
    currency: 'EUR',
    formula: 'unitPrice / 7 * 3',
    total: `428.${'571428'.repeat(8)}6`,
    totalState: 'done',
    totalExact: false,
  })
  add('Volunteers', { quantity: '9', unit: 'people' })
  add('Valve, 1¼ inch', { currency: 'EUR', total: null, totalState: 'pending' })
}

/** As large as the boards people bring along: 400 cards, 4,000 tasks in all. */
function seedLarge(tarn: FakeStore, adaId: string) {
  const ada = tarn.users.find(({ id }) => id === adaId)
  if (!ada) return
  const board = addProject(tarn, ada, 'Guide (large board)', {
    sections: Array.from({ length: 10 }, (_, index) => `Chapter ${index + 1}`),
  })
  const sections = tarn.sections.filter(({ projectId }) => projectId === board.id)
  for (let index = 0; index < 400; index++)
    addTask(tarn, {
      projectId: board.id,
      createdBy: adaId,
      title: index % 40 === 7 ? '\u3164' : `Page ${index + 1}: what the map does not show`,
      sectionId: sections[index % 10]?.id ?? null,
    })
  const log = addProject(tarn, ada, 'Issue log (4,000 tasks)')
  const parts = tarn.sections.filter(({ projectId }) => projectId === log.id)
  for (let index = 0; index < 4000; index++)
    addTask(tarn, {
      projectId: log.id,
      createdBy: adaId,
      title: `Issue ${index + 1}`,
      sectionId: parts[index % 3]?.id ?? null,
      status: index % 3 === 2 ? 'done' : 'open',
    })
}

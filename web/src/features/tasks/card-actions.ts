import type { KeyboardEvent } from 'react'
import type { TaskView } from '@/api/types'
import type { Direction } from './board-moves'

export type Destination = { id: string | null; name: string }
export type CardActions = {
  onKeyDown: (event: KeyboardEvent, task: TaskView) => void
  onStep: (task: TaskView, direction: Direction) => void
  onSend: (task: TaskView, sectionId: string | null) => void
}

export type CardMenuProps = {
  task: TaskView
  sectionId: string | null
  destinations: Destination[]
  actions: CardActions
}

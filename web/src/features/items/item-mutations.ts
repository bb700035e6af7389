import { useMutation, useQueryClient } from '@tanstack/react-query'
import { untilSent } from '@/api/client'
import { createItem, deleteItem, itemListsKey, restoreItem } from '@/api/items'
import type { ItemView } from '@/api/types'
import { legible } from '@/ui/legible'
import { toast } from '@/ui/toast'
import { appendItem, dropItem, type ItemScope, refreshSums } from './item-cache'

export function useAddItem(projectId: ItemScope) {
  const client = useQueryClient()
  return useMutation({
    meta: { shown: true },
    mutationFn: ({ name, key }: { name: string; key: string }) =>
      untilSent(() => createItem({ projectId, name }, key)),
    onSuccess: (item) => {
      appendItem(client, item)
      refreshSums(client, projectId)
    },
  })
}

export function useRestoreItem(projectId: ItemScope) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (item: ItemView) => restoreItem(item.id),
    onSuccess: () => {
      // Only the server knows its place among the others.
      void client.invalidateQueries({ queryKey: itemListsKey(projectId) })
      refreshSums(client, projectId)
    },
  })
}

/** Gone at once, and back at once for whoever slipped. */
export function useDeleteItem(projectId: ItemScope, onDeleted: () => void) {
  const client = useQueryClient()
  const restore = useRestoreItem(projectId)
  return useMutation({
    mutationFn: (item: ItemView) => deleteItem(item.id),
    onSuccess: (_, item) => {
      onDeleted()
      dropItem(client, item)
      refreshSums(client, projectId)
      toast(`“${legible(item.name)}” is in the trash.`, {
        label: 'Undo',
        run: () => restore.mutateAsync(item),
      })
    },
  })
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { clearSubmitQueue } from '@/api/submit-queue'
import { meQuery, signOut } from '@/api/users'

/** Ends the session and forgets everything of its account. */
export function useSignOut() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      clearSubmitQueue()
      queryClient.removeQueries({ queryKey: meQuery.queryKey })
      await navigate({ to: '/sign-in' })
      queryClient.clear()
    },
  })
}

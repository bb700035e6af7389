import { useQuery } from '@tanstack/react-query'
import { explain } from '@/api/api-problem'
import { renderingQuery } from '@/api/posts'
import { meQuery } from '@/api/users'
import { ServerHtml } from '@/ui/server-html'
import { useDebounced } from '@/ui/use-debounced'

type Props = { projectId: string; body: string }

/** What is being written, as others will see it. */
export function Preview({ projectId, body }: Props) {
  const settled = useDebounced(body, 350)
  const { data: me } = useQuery(meQuery)
  const { data, error } = useQuery(renderingQuery(projectId, settled))
  const blank = body.trim() === '' || settled.trim() === ''
  return (
    <section
      aria-label="Preview"
      className="min-h-12 min-w-0 rounded-md border border-line border-dashed px-3 py-1.5"
    >
      {blank ? (
        <p className="text-ink-faint leading-6">The preview shows here.</p>
      ) : error ? (
        <p className="text-danger">There is no preview right now. {explain(error)}</p>
      ) : (
        data && <ServerHtml html={data.html} reader={me?.id} />
      )}
    </section>
  )
}

import { createRoot } from 'react-dom/client'
import { signedIn } from './graph'
import { show } from './show'
import './page.css'

function SignInFirst() {
  return (
    <main className="notice">
      <h1>Tarn’s graph</h1>
      <p>Nobody is signed in, and the graph answers only people it knows.</p>
      <p>
        <a className="button" href="/sign-in?redirect=/docs/graphql">
          Sign in
        </a>
      </p>
      <p>
        Without it you can read <a href="/schema.graphqls">the schema</a> and{' '}
        <a href="/docs">the REST API</a>.
      </p>
    </main>
  )
}

/** The editor is large, and fetched only for those who can use it. */
async function page() {
  if (!(await signedIn())) return <SignInFirst />
  const { Explorer } = await import('./explorer')
  return <Explorer />
}

const place = document.getElementById('explorer')
if (place) void show(createRoot(place), page)

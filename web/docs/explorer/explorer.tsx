import './workers'
import { GraphiQL } from 'graphiql'
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import 'graphiql/graphiql.css'
import { examples } from './examples'
import './explorer.css'
import { ask } from './graph'

/** GraphiQL, asking as whoever is signed in. */
export function Explorer() {
  return (
    <GraphiQL
      fetcher={ask}
      defaultTabs={examples}
      defaultEditorToolsVisibility="variables"
      forcedTheme="system"
      isHeadersEditorEnabled={false}
      showPersistHeadersSettings={false}
      // What people write here is theirs: it goes when they close the tab.
      storage={sessionStorage}
    >
      <GraphiQL.Logo>
        <nav className="places">
          <a href="/docs">REST API</a>
          <a href="/docs/errors">Errors</a>
          <a href="/schema.graphqls">Schema</a>
        </nav>
      </GraphiQL.Logo>
    </GraphiQL>
  )
}

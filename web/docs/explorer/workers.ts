import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker'
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker'
import GraphqlWorker from 'monaco-graphql/esm/graphql.worker.js?worker'

// Files of this build: the content security policy takes workers from nowhere else.
self.MonacoEnvironment = {
  getWorker(_, label) {
    if (label === 'graphql') return new GraphqlWorker()
    return label === 'json' ? new JsonWorker() : new EditorWorker()
  },
}

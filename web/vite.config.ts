import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { fakeApi } from './vite-fake-api.ts'

const here = dirname(fileURLToPath(import.meta.url))

/** What of `docs/` is built, not copied: the explorer of the graph, a page beside the app. */
const built = ['graphql.html', 'explorer']

/** Copies the API's reading room (Swagger UI and our page around it) to `dist/docs`. */
function apiDocs(): Plugin {
  return {
    name: 'api-docs',
    apply: 'build',
    closeBundle() {
      const swagger = dirname(
        createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'),
      )
      const target = join(here, 'dist/docs')
      mkdirSync(target, { recursive: true })
      for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css', 'LICENSE', 'NOTICE'])
        cpSync(join(swagger, file), join(target, file))
      for (const file of readdirSync(join(here, 'docs')).filter((name) => !built.includes(name)))
        cpSync(join(here, 'docs', file), join(target, file))
    },
  }
}

/** The licence of the typeface goes where the typeface goes, as it asks. */
function fontLicence(): Plugin {
  return {
    name: 'font-licence',
    apply: 'build',
    closeBundle() {
      const font = createRequire(import.meta.url).resolve('@fontsource-variable/inter/package.json')
      cpSync(join(dirname(font), 'LICENSE'), join(here, 'dist/assets/inter-licence.txt'))
    },
  }
}

export default defineConfig(({ mode }) => ({
  plugins: [
    react(),
    tailwindcss(),
    apiDocs(),
    fontLicence(),
    ...(mode === 'fake' ? [fakeApi()] : []),
  ],
  resolve: { alias: { '@': join(here, 'src') } },
  build: {
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [join(here, 'index.html'), join(here, 'docs/graphql.html')] },
  },
  worker: { format: 'es' },
  server: {
    proxy:
      mode === 'fake'
        ? {}
        : Object.fromEntries(
            ['/api', '/graphql', '/health', '/openapi.yaml', '/schema.graphqls'].map((path) => [
              path,
              process.env.TARN_URL ?? 'http://localhost:8080',
            ]),
          ),
  },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost:3000/' } },
    setupFiles: ['src/testing/setup.ts'],
    css: false,
    restoreMocks: true,
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    // Two remarks about what jsdom is not: a browser that knows <search>, and one that scrolls.
    onConsoleLog: (text) => !/The tag <search>|Auto scrolling has been attached/.test(text),
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: [
        'src/api/schema.d.ts',
        'src/testing/**',
        'src/**/*.test.{ts,tsx}',
        'src/app/main.tsx',
      ],
      reporter: ['text-summary', 'lcovonly', 'json-summary'],
      thresholds: { lines: 90 },
    },
  },
}))

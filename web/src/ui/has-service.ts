/** The services that a Tarn may run without, and the web app does. */
export type OptionalService = 'posts' | 'calculator' | 'worker'

/** Whether this Tarn has the service: the page that brought the app names those that it runs without. */
export function hasService(service: OptionalService): boolean {
  const without = document.querySelector<HTMLMetaElement>('meta[name="tarn-without"]')?.content
  return !without?.split(',').includes(service)
}

/** The time zones that a form offers: what is chosen, then UTC and all that this browser knows. */
export function zonesWith(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
}

/** Names made of invisible characters do occur in the wild; nobody can read or click them. */
export function legible(name: string, otherwise = 'Untitled'): string {
  return /[^\p{C}\p{Z}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u.test(name) ? name : otherwise
}

/** Returns a search term as a pattern for LIKE, escaped with `\`. */
export function likePattern(term: string): string {
  return `%${term.replace(/[\\%_]/g, '\\$&')}%`;
}

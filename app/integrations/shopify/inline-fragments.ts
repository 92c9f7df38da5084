import { invariant } from '#app/lib/errors.ts';

const FRAGMENT = /\bfragment\s+(\w+)\s+on\s+\w+\s*\{/;
const SPREAD = /\.\.\.(\w+)/g;

/**
 * Returns a GraphQL document with its fragments written out where they are used. For bulk operations: Shopify
 * documents inline fragments in them, but not named ones. Fragments come after the operation and use no other
 * fragments.
 */
export function inlineFragments(document: string): string {
  const [operation = '', ...parts] = document.split(FRAGMENT);
  const bodies = new Map<string, string>();
  for (let at = 0; at < parts.length; at += 2) {
    const [name = '', rest = ''] = parts.slice(at, at + 2);
    bodies.set(name, rest.slice(0, rest.lastIndexOf('}')).trim());
  }
  return operation.slice(0, operation.lastIndexOf('}') + 1).replace(SPREAD, (_spread, name: string) => {
    const body = bodies.get(name);
    invariant(body !== undefined, `the fragment ${name} is not in the document`);
    return body;
  });
}

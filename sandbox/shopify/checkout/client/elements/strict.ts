/** Attributes that any element may carry, and those the components set on themselves. */
const COMMON = new Set(['id', 'slot', 'hidden', 'style', 'role', 'lang', 'dir']);

/**
 * Logs an error for each `s-*` element that the sandbox does not know and each property that a component does not
 * have: Shopify's checkout would not draw the one and would ignore the other.
 */
export function reportUnknownElements(owner: Document): void {
  const seen = new Set<string>();
  const report = (problem: string) => {
    if (seen.has(problem)) return;
    seen.add(problem);
    console.error(problem);
  };
  const check = (element: Element) => {
    const tag = element.localName;
    if (!tag.startsWith('s-')) return;
    const component = customElements.get(tag);
    if (!component) return report(`the sandbox's checkout has no component <${tag}>`);
    const known: readonly string[] =
      'props' in component && Array.isArray(component.props) ? component.props : [];
    const names = new Set(known.map((name) => name.toLowerCase()));
    for (const { name } of element.attributes) {
      if (!COMMON.has(name) && !name.startsWith('aria-') && !names.has(name.toLowerCase())) {
        report(`<${tag}> has no property "${name}"`);
      }
    }
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'attributes' && change.target instanceof Element) check(change.target);
      for (const node of change.addedNodes) {
        if (!(node instanceof Element)) continue;
        check(node);
        node.querySelectorAll('*').forEach(check);
      }
    }
  }).observe(owner, { childList: true, subtree: true, attributes: true });
}

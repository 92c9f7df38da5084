import type { Channel } from './channel.ts';
import { pathOf } from './protocol.ts';

const ADMIN_SCHEME = /^shopify:\/*admin\//i;
const ADMIN_ORIGIN = /^https:\/\/admin\.shopify\.com\/store\/[^/]+\//i;

/**
 * Keeps the frame's address in step with the app's, and lets the frame move the app without a reload: App
 * Bridge fires `shopify:navigate` on a link, which the app's router follows.
 */
export function followNavigation(channel: Channel): void {
  const report = () => channel.tell({ type: 'went', path: pathOf(new URL(location.href)) });
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method].bind(history);
    history[method] = (data: unknown, unused: string, url?: string | URL | null) => {
      original(data, unused, url);
      report();
    };
  }
  addEventListener('popstate', report);
  report();
  channel.listen((message) => {
    if (message.type === 'go') go(message.path);
  });
  catchAdminLinks(channel);
}

/** Moves the app to a path of its own. */
export function go(path: string): void {
  const known = [...document.querySelectorAll('ui-nav-menu a, s-app-nav a, s-app-nav s-link')];
  const link = known.find((each) => each.getAttribute('href') === path) ?? temporaryLink(path);
  link.dispatchEvent(new CustomEvent('shopify:navigate', { bubbles: true }));
}

function temporaryLink(path: string): Element {
  const link = document.createElement('a');
  link.href = path;
  link.hidden = true;
  document.body.append(link);
  setTimeout(() => link.remove());
  return link;
}

/** Links and windows for pages of the admin itself go to the frame. */
function catchAdminLinks(channel: Channel): void {
  const openAdmin = (address: string, isNewTab: boolean): boolean => {
    const path = adminPathOf(address);
    if (path !== null) channel.tell({ type: 'open_admin', path, isNewTab });
    return path !== null;
  };
  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const isNewTab = event.ctrlKey || event.metaKey || link?.getAttribute('target') === '_blank';
    if (link && openAdmin(link.getAttribute('href') ?? '', isNewTab)) event.preventDefault();
  });
  const plainOpen = window.open.bind(window);
  window.open = (url, target, features) => {
    if (url && openAdmin(String(url), target === '_blank')) return null;
    return plainOpen(url, target, features);
  };
}

/** The path below the shop's admin, or null for any other address. */
function adminPathOf(address: string): string | null {
  for (const pattern of [ADMIN_SCHEME, ADMIN_ORIGIN]) {
    if (pattern.test(address)) return address.replace(pattern, '/');
  }
  return null;
}

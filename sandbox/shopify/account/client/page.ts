import { listenToExtensions } from '../../extensions/client/page-frames.ts';
import type { PageRequest } from '../../extensions/client/protocol.ts';

interface AccountSettings {
  /** The path of the account. */
  base: string;
  /** Where the visitor signs in and comes back. */
  signIn: string;
}

const TOAST_MS = 4_000;

function readSettings(): AccountSettings | null {
  const text = document.getElementById('account-settings')?.textContent;
  const settings: AccountSettings | null = text ? JSON.parse(text) : null;
  return settings;
}

let hiding = 0;

function showToast(content: string): void {
  const toast = document.querySelector<HTMLElement>('.account-toast');
  if (!toast) return;
  toast.textContent = content;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = window.setTimeout(() => (toast.hidden = true), TOAST_MS);
}

/** Where Shopify's own addresses and those of extensions lead here. */
function addressOf(url: string, { base }: AccountSettings): string {
  const own = /^shopify:(?:\/\/)?customer-account\/(.*)$/.exec(url)?.[1];
  if (own !== undefined) return `${base}/${own}`.replace(/\/orders$/, '');
  const page = /^extension:\/?\/?([\w-]*)\/?(.*)$/.exec(url)?.[1];
  if (page) return `${base}/pages/${page}`;
  throw new Error(`the account can't open ${url}`);
}

function answer({ kind, url, content }: PageRequest): unknown {
  const settings = readSettings();
  if (!settings) throw new Error(`this page can't do ${kind}`);
  switch (kind) {
    case 'toast':
      return showToast(String(content));
    case 'hideToast':
      return showToast('');
    case 'navigate':
      return location.assign(addressOf(String(url), settings));
    case 'requireLogin':
      return location.assign(settings.signIn);
    default:
      throw new Error(`the account doesn't know ${kind}`);
  }
}

listenToExtensions({ answer });

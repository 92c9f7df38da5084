import { drawNav, drawTitle } from './frame-bars.ts';
import { createSaveBar } from './frame-save-bar.ts';
import { createToasts } from './frame-toasts.ts';
import {
  type AppMessage,
  type FrameMessage,
  type PlacedExtension,
  type ScopesAnswer,
  seal,
  unseal,
} from './protocol.ts';

/** What the page hands its script. */
interface FrameSettings {
  /** Origin of the app. */
  appOrigin: string;
  /** Path of the app's frame, as in "/admin/shop.myshopify.com/apps/setia". */
  framePath: string;
  /** Path of the shop's admin. */
  adminPath: string;
  tokenPath: string;
  scopesPath: string;
  extensionsPath: string;
  texts: Record<string, string>;
}

function settingsOf(): FrameSettings {
  const settings: FrameSettings = JSON.parse(document.getElementById('frame-settings')?.textContent ?? '{}');
  return settings;
}

function start(frame: HTMLIFrameElement): void {
  const settings = settingsOf();
  const tell = (message: FrameMessage) => frame.contentWindow?.postMessage(seal(message), settings.appOrigin);
  const saveBar = createSaveBar(tell, settings.texts);
  const toasts = createToasts(tell, settings.texts);
  const go = (path: string) => {
    if (saveBar.blocksLeaving()) return;
    document.body.classList.remove('menu-open');
    tell({ type: 'go', path });
  };

  const obey = (message: AppMessage): void => {
    switch (message.type) {
      case 'went':
        document.body.classList.add('app-ready');
        history.replaceState(null, '', settings.framePath + message.path);
        return markCurrent(message.path);
      case 'token_wanted':
        return void sendToken(settings.tokenPath, message.id, tell);
      case 'scopes_wanted':
        return void sendScopes(settings, message.id, message.scopes, tell);
      case 'extensions_wanted':
        return void sendExtensions(settings.extensionsPath, message.id, tell);
      case 'nav':
        drawNav(message.items, settings.framePath, go);
        return markCurrent(location.pathname.slice(settings.framePath.length));
      case 'title':
        return drawTitle(message.title, message.buttons, (id) => tell({ type: 'pressed', id }));
      case 'save_bar':
        return saveBar.draw(message.view);
      case 'toast':
        return toasts.show(message);
      case 'toast_gone':
        return toasts.hide(message.id);
      case 'loading':
        return void document.body.classList.toggle('app-loading', message.isLoading);
      case 'backdrop':
        return void document.body.classList.toggle('app-backdrop', message.isShown);
      case 'leave_wanted':
        if (window.confirm(settings.texts['leave'])) tell({ type: 'may_leave', id: message.id });
        return;
      case 'open_admin':
        return void window.open(settings.adminPath + message.path, message.isNewTab ? '_blank' : '_self');
    }
  };

  addEventListener('message', (event) => {
    if (event.source !== frame.contentWindow || event.origin !== settings.appOrigin) return;
    const message = unseal<AppMessage>(event.data);
    if (message) obey(message);
  });
  document.querySelector('.app-home')?.addEventListener('click', (event) => {
    if (!document.body.classList.contains('app-ready')) return;
    event.preventDefault();
    go('/app');
  });
}

async function sendToken(path: string, id: string, tell: (message: FrameMessage) => void): Promise<void> {
  const response = await fetch(path, { method: 'POST' });
  const { token }: { token: string } = await response.json();
  tell({ type: 'token', id, token });
}

async function sendExtensions(
  path: string,
  id: string,
  tell: (message: FrameMessage) => void,
): Promise<void> {
  const extensions: PlacedExtension[] = await (await fetch(path)).json();
  tell({ type: 'extensions', id, extensions });
}

/** Shopify's dialog for optional scopes. */
async function sendScopes(
  { scopesPath, texts }: FrameSettings,
  id: string,
  scopes: string[],
  tell: (message: FrameMessage) => void,
): Promise<void> {
  const isAgreed = scopes.length === 0 || window.confirm(`${texts['grant']} ${scopes.join(', ')}`);
  const body = JSON.stringify({ scopes: isAgreed ? scopes : [], isAgreed });
  const response = await fetch(scopesPath, { method: 'POST', body });
  const answer: ScopesAnswer = await response.json();
  tell({ type: 'scopes', id, answer });
}

function markCurrent(path: string): void {
  const own = path.split('?')[0] ?? '';
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.app-nav a')];
  const fits = (link: HTMLAnchorElement) =>
    own === link.dataset['path'] || own.startsWith(`${link.dataset['path']}/`);
  const best = links
    .filter(fits)
    .sort((a, b) => (b.dataset['path'] ?? '').length - (a.dataset['path'] ?? '').length)[0];
  for (const link of links) link.toggleAttribute('aria-current', link === best);
}

document
  .querySelector('.menu-button')
  ?.addEventListener('click', () => document.body.classList.toggle('menu-open'));
const frame = document.querySelector<HTMLIFrameElement>('iframe.app-frame');
if (frame) start(frame);

import { listenToExtensions } from '../../extensions/client/page-frames.ts';
import type { PageRequest } from '../../extensions/client/protocol.ts';

interface ExtensionSettings {
  /** The path of the shop's admin. */
  base: string;
  /** The target of this page's actions. */
  target: string;
  /** The record; empty where the selected rows are. */
  gid: string;
}

const settings: ExtensionSettings = JSON.parse(
  document.getElementById('extension-settings')?.textContent ?? '{}',
);
const dialog = document.querySelector<HTMLDialogElement>('.action-modal');

const selected = (): string =>
  settings.gid ||
  [...document.querySelectorAll<HTMLInputElement>('[data-select]:checked')]
    .map(({ value }) => value)
    .join(',');

const hasAction = (handle: string): boolean =>
  [...document.querySelectorAll<HTMLElement>('[data-action]')].some(
    ({ dataset }) => dataset.action === handle,
  );

/** Opens an action in the admin's modal; only one of this page can be opened. */
function openAction(handle: string): void {
  if (!dialog || !hasAction(handle)) throw new Error('No extension found with the provided handle');
  const frame = document.createElement('iframe');
  frame.className = 'extension-frame';
  frame.title = dialog.getAttribute('aria-label') ?? handle;
  frame.dataset.extension = handle;
  const ids = encodeURIComponent(selected());
  frame.src = `${settings.base}/extension/${handle}/${settings.target}?ids=${ids}`;
  dialog.replaceChildren(frame);
  dialog.showModal();
  document.querySelectorAll('details.more-actions').forEach((menu) => menu.removeAttribute('open'));
}

function close(): void {
  dialog?.close();
}

// What an action changed shows in the blocks once they are read again.
dialog?.addEventListener('close', () => {
  dialog.replaceChildren();
  document.querySelectorAll<HTMLIFrameElement>('.extension-blocks iframe').forEach((frame) => {
    frame.contentWindow?.location.reload();
  });
});

function navigate(address: string): void {
  const handle = /^extension:\/*([\w-]+)/.exec(address)?.[1];
  if (handle !== undefined) return openAction(handle);
  const path = /^app:\/*(.*)$/.exec(address)?.[1];
  if (path !== undefined) return location.assign(`${settings.base}/apps/setia/${path}`);
  throw new Error(`the admin can't open ${address}`);
}

/** A decision says `display`; without one the action is offered. */
function decide(frame: HTMLIFrameElement, result: unknown): void {
  const isShown =
    typeof result !== 'object' || result === null || !('display' in result) || result.display !== false;
  const entry = [...document.querySelectorAll<HTMLElement>('[data-action]')].find(
    ({ dataset }) => dataset.action === frame.dataset.decides,
  );
  if (entry) entry.hidden = !isShown;
}

function answer(request: PageRequest, frame: HTMLIFrameElement): unknown {
  switch (request.kind) {
    case 'close':
      return close();
    case 'navigate':
      return navigate(String(request.url));
    case 'shouldRender':
      return decide(frame, request.result);
    default:
      throw new Error(`the admin doesn't know ${request.kind}`);
  }
}

listenToExtensions({ answer });

document.addEventListener('click', (event) => {
  const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-open]') : null;
  if (pressed?.dataset.open) openAction(pressed.dataset.open);
});

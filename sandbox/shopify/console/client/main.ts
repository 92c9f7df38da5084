import { read, send } from './api.ts';
import { faults } from './faults.ts';
import { mails } from './mails.ts';
import { orders } from './orders.ts';
import { codes, customers, type Panel, requests, webhooks } from './panels.ts';
import { phones } from './phones.ts';
import { settings, t, words } from './settings.ts';
import { runAndTell } from './toast.ts';

const REFRESH_MS = 1_500;
const FIRST_TAB = 'webhooks';
const PANELS: Record<string, Panel> = { webhooks, orders, codes, customers, requests, phones, mails, faults };

const panel = document.getElementById('panel');
const live = document.getElementById('live');
let current = location.hash.slice(1) in PANELS ? location.hash.slice(1) : FIRST_TAB;
let drawn = '';

function choose(tab: string): void {
  current = tab;
  drawn = '';
  history.replaceState(null, '', `#${tab}`);
  for (const button of document.querySelectorAll('[data-tab]')) {
    button.setAttribute('aria-selected', String(button.getAttribute('data-tab') === tab));
  }
  panel?.setAttribute('aria-labelledby', `tab-${tab}`);
  void refresh();
}

/** Reads the open tab and the clock; redraws only what has changed, so that nothing moves under the pointer. */
async function refresh(): Promise<void> {
  const tab = current;
  const open = PANELS[tab];
  if (!open || !panel) return;
  try {
    const list = await open.load();
    const content = JSON.stringify(list);
    if (tab === current && content !== drawn) {
      drawn = content;
      panel.replaceChildren(open.draw(list));
    }
    showCount(tab, list.length);
    await showClock();
    showLive(true);
  } catch {
    showLive(false);
  }
}

function showCount(tab: string, count: number): void {
  const element = document.querySelector(`[data-count="${tab}"]`);
  if (element) element.textContent = count > 0 ? String(count) : '';
}

async function showClock(): Promise<void> {
  const { now, offsetMs } = await read<{ now: string; offsetMs: number }>('clock');
  const element = document.getElementById('clock');
  if (!element) return;
  element.textContent = words.formatDate(new Date(now), { dateStyle: 'medium', timeStyle: 'short' });
  element.classList.toggle('moved', Math.abs(offsetMs) > 1_000);
}

function showLive(isLive: boolean): void {
  live?.classList.toggle('offline', !isLive);
  if (live?.lastChild) live.lastChild.textContent = isLive ? t('live') : t('offline');
}

function start(): void {
  for (const button of document.querySelectorAll('[data-tab]')) {
    button.addEventListener('click', () => choose(button.getAttribute('data-tab') ?? FIRST_TAB));
  }
  for (const button of document.querySelectorAll('[data-advance]')) {
    const advanceMs = Number(button.getAttribute('data-advance'));
    button.addEventListener('click', () => runAndTell(() => send('clock', { advanceMs })));
  }
  document
    .querySelector('[data-clock]')
    ?.addEventListener('click', () => runAndTell(() => send('clock', { offsetMs: 0 })));
  document.getElementById('reset')?.addEventListener('click', () => {
    if (window.confirm(t('resetSure'))) runAndTell(() => send('reset', {}), t('resetDone'));
  });
  document.getElementById('shop')?.addEventListener('change', (event) => {
    if (event.target instanceof HTMLSelectElement)
      location.href = `/console?shop=${event.target.value}#${current}`;
  });
  addEventListener('refresh', () => void refresh());
  addEventListener('hashchange', () =>
    choose(location.hash.slice(1) in PANELS ? location.hash.slice(1) : FIRST_TAB),
  );
  choose(current);
  setInterval(() => void refresh(), REFRESH_MS);
  for (const [tab, each] of Object.entries(PANELS))
    void each.load().then((list) => showCount(tab, list.length));
}

document.documentElement.dataset['shop'] = settings.shop;
start();

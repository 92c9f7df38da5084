import { el } from './dom.ts';
import { listPanel } from './panels.ts';
import { t, time } from './settings.ts';

interface Mail {
  id: number;
  at: string;
  from: string;
  fromName: string;
  to: string;
  subject: string;
  text: string;
}

const ADDRESS = /(https?:\/\/[^\s<>"]+)/;

/** E-mails of the app, as their receivers see them. */
export const mails = listPanel<Mail>('mails', 'mails', (list) =>
  el('div', { class: 'mails' }, ...list.map(mailCard)),
);

function mailCard({ at, from, fromName, to, subject, text }: Mail): HTMLElement {
  return el(
    'article',
    { class: 'card mail' },
    el('h2', {}, subject),
    el(
      'p',
      { class: 'muted' },
      `${t('mailFrom')} ${fromName} <${from}> · ${t('mailTo')} ${to} · ${time(at)}`,
    ),
    el('div', { class: 'mail-text', dir: 'auto' }, ...text.split(ADDRESS).map(part)),
  );
}

/** Addresses can be opened, as in a mail program. */
const part = (text: string) =>
  ADDRESS.test(text) ? el('a', { href: text, target: '_blank', rel: 'noreferrer' }, text) : text;

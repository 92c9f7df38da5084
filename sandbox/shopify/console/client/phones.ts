import { read, send } from './api.ts';
import { action, badge, el } from './dom.ts';
import type { Panel } from './panels.ts';
import { t, time } from './settings.ts';
import { runAndTell } from './toast.ts';

interface Phone {
  number: string;
  country: string;
  language: string;
  state: string;
  isBlocked: boolean;
  messages: {
    sid: string;
    isFromPhone: boolean;
    with: string | null;
    body: string;
    status: string;
    errorCode: number | null;
    createdAt: string;
  }[];
}

const STATES = ['on', 'off', 'gone', 'landline'];
/** How people say no, by language of the phone. */
const REFUSALS: Record<string, string[]> = {
  en: ['STOP', 'START'],
  id: ['BERHENTI', 'jangan kirim sms lagi', 'MULAI'],
  th: ['ยกเลิก', 'ไม่ต้องส่ง', 'เริ่ม'],
  fa: ['لغو۱۱', 'نفرست', 'شروع'],
};

let list: Phone[] = [];

/** Phones with what they got; a text of theirs goes to Twilio, and from there to the app. */
export const phones: Panel = {
  load: async () => {
    list = (await read<{ phones: Phone[] }>('phones')).phones;
    return list;
  },
  draw: () => el('div', { class: 'phones' }, ...list.map(phoneCard), newPhone()),
};

function phoneCard(phone: Phone): HTMLElement {
  const { number, country, language, state, isBlocked, messages } = phone;
  const choose: HTMLSelectElement = el(
    'select',
    {
      'aria-label': `${t('state')} ${number}`,
      change: (): void => runAndTell(() => send('phones', { number, state: choose.value })),
    },
    ...STATES.map((name) => el('option', { value: name, selected: name === state }, t(`phoneState.${name}`))),
  );
  return el(
    'section',
    { class: 'card phone', 'aria-label': number },
    el(
      'header',
      {},
      el('strong', {}, number),
      el('span', { class: 'muted' }, `${country} · ${language}`),
      isBlocked ? badge('failed', t('phoneBlocked')) : null,
      choose,
    ),
    el('ol', { class: 'bubbles', lang: language, dir: 'auto' }, ...messages.map(bubble)),
    messages.length === 0 ? el('p', { class: 'muted' }, t('phoneEmpty')) : null,
    quickTexts(phone),
    textForm(phone),
  );
}

function bubble(message: Phone['messages'][number]): HTMLElement {
  const { isFromPhone, body, status, errorCode, createdAt } = message;
  const end = errorCode === null ? status : `${status} ${errorCode}`;
  return el(
    'li',
    { class: isFromPhone ? 'bubble own' : 'bubble' },
    el('span', { class: 'muted block' }, `${message.with ?? '…'} · ${time(createdAt)}`),
    el('span', { dir: 'auto' }, body),
    el('span', { class: 'muted block' }, isFromPhone ? '' : end),
  );
}

const text = (from: string, body: string) => runAndTell(() => send('phones/text', { from, body }));

function quickTexts({ number, language }: Phone): HTMLElement {
  const words = REFUSALS[language] ?? REFUSALS['en'] ?? [];
  return el('div', { class: 'quick' }, ...words.map((word) => action(word, () => text(number, word))));
}

/** What is being typed survives a refresh. */
const typed = new Map<string, string>();

function textForm({ number }: Phone): HTMLElement {
  const input: HTMLInputElement = el('input', {
    'aria-label': `${t('phoneText')} ${number}`,
    value: typed.get(number) ?? '',
    input: (): void => void typed.set(number, input.value),
  });
  const form = el('form', { class: 'text-form' }, input, el('button', { class: 'button' }, t('phoneSend')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() === '') return;
    typed.delete(number);
    text(number, input.value);
  });
  return form;
}

function newPhone(): HTMLElement {
  const field = (name: string, label: string, value: string) =>
    el('label', { class: 'field' }, el('span', {}, label), el('input', { name, value, required: true }));
  const form = el(
    'form',
    { class: 'card stack' },
    el('strong', {}, t('phoneNew')),
    field('number', t('phoneNumber'), '+6281'),
    field('country', t('phoneCountry'), 'ID'),
    field('language', t('phoneLanguage'), 'id'),
    el('button', { class: 'button primary' }, t('phoneAdd')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = Object.fromEntries(new FormData(form));
    runAndTell(() => send('phones', data));
  });
  return form;
}

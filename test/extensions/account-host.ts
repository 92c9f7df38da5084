/** What the tests of the account's extensions share: their texts, an app that answers by address, and what is on the screen. */
import { readFileSync } from 'node:fs';
import { signal } from '@preact/signals';
import { configure, fireEvent, waitFor } from '@testing-library/preact';
import { expect } from 'vitest';
import { type Catalogue, createHostI18n, type HostI18n } from '#sandbox/shopify/extensions/client/i18n.ts';
import type { AccountView } from '../../extensions/shared/account-api.ts';

export const CUSTOMER_ID = 'gid://shopify/Customer/7001';
export const APP_URL = 'https://app.example.test';

/** The default of 1 s is the machine's, not the product's. */
configure({ asyncUtilTimeout: 30_000 });

export const folderOf = (name: string): string => `${process.cwd()}/extensions/${name}`;

/** The texts of an extension, as its host gives them. */
export function textsOf(name: string, locale: 'en' | 'id'): HostI18n {
  const read = (file: string): Catalogue =>
    JSON.parse(readFileSync(`${folderOf(name)}/locales/${file}`, 'utf8'));
  const english = read('en.default.json');
  return createHostI18n(locale, locale === 'id' ? [read('id.json'), english] : [english]);
}

/** Texts of a language that the extension has no file of yet, as a translation of all its keys would be: no Latin letter is left. */
export function madeUpTexts(name: string, locale: string): HostI18n {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  const translated = (value: Catalogue | string): Catalogue | string => {
    if (typeof value === 'string') return value.replace(/[A-Za-z]+(?![^{]*\}\})/g, 'ی');
    const { one, other } = value;
    if (typeof one === 'string' && typeof other === 'string')
      return Object.fromEntries(forms.map((form) => [form, translated(other)]));
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translated(each)]));
  };
  const english: Catalogue = JSON.parse(readFileSync(`${folderOf(name)}/locales/en.default.json`, 'utf8'));
  const own = translated(english);
  return createHostI18n(locale, typeof own === 'string' ? [english] : [own, english]);
}

/** One request that reached the app. */
export interface Asked {
  method: string;
  path: string;
  authorization: string | null;
  body: unknown;
}

/** An answer: a status with a JSON body, or a lost connection. */
export type Answer = { status: number; body: unknown } | 'lost';

export interface App {
  fetch: typeof globalThis.fetch;
  asked: Asked[];
  /** What is returned, by "METHOD /path" without its search; several are given one after the other, the last one stays. */
  answers: Record<string, Answer[]>;
  /** The requests of one address. */
  sent(address: string): Asked[];
}

/** A stand-in for the app. An address without an answer is not found. */
export function createApp(answers: App['answers']): App {
  const app: App = {
    asked: [],
    answers,
    sent: (address) => app.asked.filter(({ method, path }) => `${method} ${path.split('?')[0]}` === address),
    fetch: async (input, init) => {
      const url = new URL(String(input));
      const method = init?.method ?? 'GET';
      app.asked.push({
        method,
        path: url.pathname + url.search,
        authorization: new Headers(init?.headers).get('authorization'),
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : null,
      });
      const queue = app.answers[`${method} ${url.pathname}`] ?? [{ status: 404, body: {} }];
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      if (!answer || answer === 'lost') throw new TypeError('fetch failed');
      return new Response(JSON.stringify(answer.body), { status: answer.status });
    },
  };
  return app;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** Defines a value that the tester's mock lacks or refuses to assign. */
export function give(shopify: object, name: string, value: unknown): void {
  Object.defineProperty(shopify, name, { value, configurable: true, enumerable: true, writable: true });
}

/** A signed-in customer, or no one. */
export const accountOf = (id: string | null) => ({
  customer: signal(id === null ? undefined : { id }),
  purchasingCompany: signal(undefined),
});

/** An account with one lot that ends, one entry, and a profile without days. */
export function account(changes: Partial<AccountView> = {}): AccountView {
  return {
    lots: [
      {
        id: '1',
        unit: 'POINTS',
        remaining: '100',
        usableFrom: '2026-01-01',
        lastDay: '2099-12-30',
        isPending: false,
        order: '#1001',
      },
    ],
    moreLots: 0,
    history: {
      entries: [
        {
          id: '9',
          at: '2026-11-21T12:00:00Z',
          unit: 'POINTS',
          amount: '100',
          line: 'order_spend',
          order: '#1001',
          code: null,
          reward: null,
          program: 'Points',
          usableFrom: null,
          lastDay: '2099-12-30',
        },
      ],
      next: null,
    },
    profile: {
      birthDate: null,
      weddingDate: null,
      asksWeddingDate: false,
      sms: 'none',
      email: 'subscribed',
      hasPhone: true,
      hasEmail: true,
    },
    ...changes,
  };
}

/** All that the customer can read, with plain spaces; headings, labels and errors are attributes in jsdom. */
export function screenText(): string {
  const inAttributes = [...document.body.querySelectorAll('*')].flatMap((element) =>
    ['heading', 'subheading', 'label', 'error'].map((name) => element.getAttribute(name) ?? ''),
  );
  return [document.body.textContent, ...inAttributes].join(' ').replace(/[\u00a0\u202f]/g, ' ');
}

/** Waits until the customer can read `text`. */
export async function seeText(text: string | RegExp): Promise<void> {
  await waitFor(() => expect(screenText()).toMatch(text));
}

/** The button, toggle or link with this text. */
export function control(text: string): HTMLElement {
  const all = [...document.body.querySelectorAll<HTMLElement>('s-button, s-press-button, s-link')];
  const found = all.find((element) => element.textContent === text);
  if (!found) throw new Error(`no "${text}" among: ${all.map((element) => element.textContent).join(', ')}`);
  return found;
}

export const press = (text: string): boolean => fireEvent.click(control(text));

/** The field with this label. */
export function field(label: string): HTMLElement & { value: string; checked: boolean } {
  const found = document.body.querySelector<HTMLElement & { value: string; checked: boolean }>(
    `[label="${label}"]`,
  );
  if (!found) throw new Error(`no field "${label}"`);
  return found;
}

/** Types into a field, as its host tells it: input, then change when it is left. */
export function type(label: string, text: string): void {
  const found = field(label);
  found.value = text;
  fireEvent.input(found);
  fireEvent.change(found);
}

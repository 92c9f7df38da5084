/** What every test of an extension does with the page: reads it, presses, types. */
import { readFileSync } from 'node:fs';
import { configure, fireEvent, waitFor } from '@testing-library/preact';
import { expect } from 'vitest';
import type { Catalogue } from '#sandbox/shopify/extensions/client/i18n.ts';

/** The default of 1 s is the machine's, not the product's. */
configure({ asyncUtilTimeout: 30_000 });

/** The catalogues of an extension for a language, as a host takes them. */
export function cataloguesOf(extension: string, locale: 'en' | 'id'): Catalogue[] {
  const read = (file: string): Catalogue =>
    JSON.parse(readFileSync(`${process.cwd()}/extensions/${extension}/locales/${file}.json`, 'utf8'));
  return locale === 'en' ? [read('en.default')] : [read('id'), read('en.default')];
}

/** Attributes that people read: jsdom knows no `s-*` element, so Preact cannot set them as properties. */
const READ = ['heading', 'subheading', 'error', 'label', 'details', 'collapsedsummary', 'accessibilitylabel'];

/** All that can be read, with plain spaces. */
export function pageText(): string {
  const inAttributes = [...document.body.querySelectorAll('*')].flatMap((element) =>
    READ.flatMap((name) => element.getAttribute(name) ?? []),
  );
  return [document.body.textContent, ...inAttributes].join(' ').replaceAll('\u00a0', ' ');
}

/** Waits until `text` can be read. */
export async function see(text: string | RegExp): Promise<void> {
  await waitFor(() => expect(pageText()).toMatch(text));
}

/** The button with this text. */
export function buttonOf(text: string): HTMLElement {
  const all = [...document.body.querySelectorAll<HTMLElement>('s-button')];
  const found = all.find((element) => element.textContent === text);
  if (!found) throw new Error(`no "${text}" among: ${all.map((element) => element.textContent).join(', ')}`);
  return found;
}

/** Presses it, once it is there. */
export async function pressButton(text: string): Promise<void> {
  await waitFor(() => buttonOf(text));
  fireEvent.click(buttonOf(text));
}

/** Types into the field with this label. */
export function fill(label: string, value: string): void {
  const field = [...document.body.querySelectorAll<HTMLElement>('*')].find(
    (element) => element.getAttribute('label') === label,
  );
  if (!field) throw new Error(`no field "${label}"`);
  Object.assign(field, { value });
  fireEvent.input(field);
  fireEvent.change(field);
}

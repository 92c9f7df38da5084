/** The list of screens and the files of the routes say the same, and every link in the app leads to a screen. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPlace, NAVIGATION, startOf } from '#app/components/navigation.ts';

const APP = path.resolve(import.meta.dirname, '../../../app');
const ROUTES = path.join(APP, 'routes');
const PARAM = ':';

interface Route {
  name: string;
  address: string;
  isScreen: boolean;
}

/** `app.loyalty.programs.$id.tsx` is `/app/loyalty/programs/:`. The catch-all is no screen of its own. */
const routes: Route[] = fs
  .readdirSync(ROUTES)
  .filter((file) => /^app\..+\.tsx$/.test(file) && file !== 'app.$.tsx')
  .map((file) => {
    const segments = file.replace(/\.tsx$/, '').split('.');
    const parts = segments.filter((part) => part !== '_index').map((part) => part.replace(/_$/, ''));
    const source = fs.readFileSync(path.join(ROUTES, file), 'utf8');
    return {
      name: file,
      address: `/${parts.map((part) => (part.startsWith('$') ? PARAM : part)).join('/')}`,
      isScreen: source.includes('export default'),
    };
  });
const screens = routes.filter(({ isScreen }) => isScreen);

const sections = NAVIGATION.flatMap(({ sections }) => [...sections]);
const pages = [...sections, ...sections.flatMap(({ pages }) => [...pages])].map(({ address }) => address);

function fits(address: string, route: Route): boolean {
  const own = address.split('/');
  const parts = route.address.split('/');
  return own.length === parts.length && parts.every((part, index) => part === PARAM || part === own[index]);
}

describe('the list of screens', () => {
  it('has every screen: each is Home, a section or below one', () => {
    const isListed = (address: string) =>
      address === '/app' || pages.some((page) => address === page || address.startsWith(`${page}/`));
    expect(screens.filter(({ address }) => !isListed(address))).toEqual([]);
  });

  it('has no address without a screen', () => {
    const known = new Set(screens.map(({ address }) => address));
    expect(['/app', ...pages].filter((address) => !known.has(address))).toEqual([]);
  });

  it('keeps the sections of an entry below its address, where Shopify marks the entry', () => {
    for (const { address, sections } of NAVIGATION)
      for (const section of sections)
        for (const each of [section, ...section.pages])
          expect(`${each.address}/`.startsWith(`${address}/`)).toBe(true);
  });

  it('finds the section of an address, and none below it or elsewhere', () => {
    const keysOf = (address: string) => {
      const place = findPlace(address);
      return place && [place.entry.key, place.section.key, place.page?.key ?? null];
    };
    expect(keysOf('/app/customers')).toEqual(['customers', 'all', null]);
    expect(keysOf('/app/customers/tags/')).toEqual(['customers', 'tags', null]);
    expect(keysOf('/app/loyalty/offers')).toEqual(['loyalty', 'earning', 'offers']);
    expect(keysOf('/app/customers/201')).toBeNull();
    expect(keysOf('/app')).toBeNull();
    expect(keysOf('/')).toBeNull();
  });

  it('opens the first section of an entry', () => {
    expect(['/app', '/app/customers', '/app/loyalty', '/app/activity/orders'].map(startOf)).toEqual([
      '/app',
      '/app/customers',
      '/app/loyalty/earning',
      '/app/activity/orders',
    ]);
  });
});

describe('links in the app', () => {
  const LITERAL = /['"`](\/app(?:\/[^'"`?#\s]*)?)/g;
  const links = fs
    .readdirSync(APP, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/moved-addresses|types\//.test(file))
    .flatMap((file) =>
      [...fs.readFileSync(path.join(APP, file), 'utf8').matchAll(LITERAL)].map(([, link = '']) => ({
        file,
        address: link.replaceAll(/\$\{[^}]*\}/g, '1').replace(/\/$/, ''),
      })),
    );

  it('lead to an address that exists, not to one that moved', () => {
    const entries: string[] = NAVIGATION.map(({ address }) => address);
    const isKnown = (address: string) =>
      entries.includes(address) || routes.some((route) => fits(address, route));
    expect(links.length).toBeGreaterThan(80);
    expect(links.filter(({ address }) => !isKnown(address))).toEqual([]);
  });
});

describe('the screens of a section', () => {
  const sourceOf = ({ name }: Route) => fs.readFileSync(path.join(ROUTES, name), 'utf8');

  it('are all of one width: the tabs stay where they are from one to the next', () => {
    const narrow = screens.filter((route) => /\bnarrowWidth\b/.test(sourceOf(route)));
    expect(narrow.filter(({ address }) => new Set<string>(pages).has(address))).toEqual([]);
  });
});

it('days and times are written in the language of the app, not in that of the browser', () => {
  const own = fs.globSync('**/*.tsx', { cwd: APP }).filter((file) => {
    return /type="(time|date|month|week|datetime-local)"/.test(fs.readFileSync(path.join(APP, file), 'utf8'));
  });
  expect(own).toEqual([]);
});

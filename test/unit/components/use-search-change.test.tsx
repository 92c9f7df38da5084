// @vitest-environment jsdom
/** Choices in a list that are made before the one before has arrived: each keeps the others. */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useListChange } from '#app/modules/crm/list/ui/use-list-change.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';

interface Place {
  pathname: string;
  search: string;
  key?: string;
}

/** Where the browser is and where it is going, as the test decides it. */
const router = vi.hoisted(() => {
  const here: Place = { pathname: '/app/customers', search: '' };
  const coming: { location: Place | undefined } = { location: undefined };
  const gone: { to: unknown; how: unknown }[] = [];
  return { here, coming, gone };
});

vi.mock('@remix-run/react', () => ({
  useLocation: () => ({ ...router.here }),
  useNavigation: () => ({ ...router.coming, state: router.coming.location ? 'loading' : 'idle' }),
  useNavigate: () => (to: { search: string }, how?: unknown) => {
    router.gone.push({ to, how });
    router.coming.location = { pathname: router.here.pathname, search: `?${to.search}` };
  },
}));

let root: Root;
let change: ReturnType<typeof useSearchChange>;
let list: ReturnType<typeof useListChange>;

function Screen() {
  change = useSearchChange();
  list = useListChange(null);
  return null;
}

const render = (): void => act(() => root.render(<Screen />));
const asked = (): string[] => [...new URLSearchParams(router.coming.location?.search)].map(String);

function open(search: string): void {
  router.here.search = search;
  router.here.key = `${router.here.key ?? ''}+`;
  router.coming.location = undefined;
  render();
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  root = createRoot(document.body.appendChild(document.createElement('div')));
});

afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
  router.gone.length = 0;
});

test('a second choice keeps the first, which is still on its way', () => {
  open('?tab=new');
  change({ a: 'segment:1' });
  render();
  change({ b: 'segment:2' });
  expect(asked()).toEqual(['tab,new', 'a,segment:1', 'b,segment:2']);
});

test('so does one that is made before the screen has drawn the first', () => {
  open('');
  change({ a: '1' });
  change({ b: '2' });
  expect(asked()).toEqual(['a,1', 'b,2']);
});

test('filters and order of the customer list, made before the screen has drawn any of it', () => {
  open('');
  list.set({ tab: 'lapsed' });
  list.show({ by: 'name', isDescending: false });
  list.set(({ tab }) => ({ hasLeft: tab === 'lapsed' }));
  expect(asked()).toEqual(['tab,lapsed', 'left,1', 'sort,name asc']);
});

test('a part of the screen that opens meanwhile takes nothing back', () => {
  open('');
  change({ a: '1' });
  router.coming.location = undefined;
  const other = createRoot(document.body.appendChild(document.createElement('div')));
  act(() => other.render(<Screen />));
  change({ b: '2' });
  act(() => other.unmount());
  expect(asked()).toEqual(['a,1', 'b,2']);
});

test('what failed to arrive is no part of the next choice', () => {
  open('');
  change({ a: '1' });
  render();
  router.coming.location = undefined;
  render();
  change({ b: '2' });
  expect(asked()).toEqual(['b,2']);
});

test('what arrived and was left by the browser’s Back is no part of the next choice', () => {
  open('');
  const first = router.here.key;
  change({ a: '1' });
  render();
  open('?a=1');
  router.here.search = '';
  Object.assign(router.here, { key: first });
  render();
  change({ b: '2' });
  expect(asked()).toEqual(['b,2']);
});

test('a choice can be taken back, and begins the list again', () => {
  open('?tab=new&q=ani&before=30&after=20');
  change({ tab: null, q: '' }, { replace: true });
  expect(router.gone).toEqual([{ to: { search: '' }, how: { replace: true } }]);
});

test("what Shopify adds to the address when it opens the app isn't kept", () => {
  open('?embedded=1&shop=a.myshopify.com&id_token=x&host=y&session=z&hmac=h&timestamp=1&locale=en&tab=new');
  change({ q: 'ani' });
  expect(asked()).toEqual(['tab,new', 'q,ani']);
});

test('another screen on its way has no say', () => {
  open('?tab=new');
  router.coming.location = { pathname: '/app/activity', search: '?tab=open' };
  render();
  change({ q: 'ani' });
  expect(asked()).toEqual(['tab,new', 'q,ani']);
});

test('filters, tab, order and groups of the customer list keep each other', () => {
  open('?q=ani');
  list.set({ tab: 'lapsed' });
  render();
  list.set({ hasLeft: true });
  render();
  list.show({ by: 'name', isDescending: false });
  render();
  list.show({ grouping: 'province' });
  expect(asked()).toEqual(['q,ani', 'tab,lapsed', 'left,1', 'sort,name asc', 'group,province']);
});

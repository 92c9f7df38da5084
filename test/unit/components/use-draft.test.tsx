// @vitest-environment jsdom
/** The draft of a form in the browser: what stays, what goes and what is pointed at when an answer comes. */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useDraft, type Draft, type SaveAnswer } from '#app/components/use-draft.ts';

/** The fetcher and its state, as the test decides it. */
const server = vi.hoisted(() => {
  const fetcher: { state: 'idle' | 'submitting'; data: SaveAnswer | undefined; sent: unknown[] } = {
    state: 'idle',
    data: undefined,
    sent: [],
  };
  return { fetcher, navigate: vi.fn(), toast: vi.fn() };
});

vi.mock('@remix-run/react', () => ({
  useNavigate: () => server.navigate,
  useRevalidator: () => ({ revalidate: server.navigate, state: 'idle' }),
  useFetcher: () => ({
    state: server.fetcher.state,
    data: server.fetcher.data,
    submit(values: unknown) {
      server.fetcher.sent.push(values);
      server.fetcher.state = 'submitting';
    },
  }),
}));
const bridge = { toast: { show: server.toast } };
vi.mock('@shopify/app-bridge-react', () => ({ useAppBridge: () => bridge }));
const t = (key: string) => key;
vi.mock('react-i18next', () => ({ useTranslation: () => ({ t, i18n: { language: 'en' } }) }));

interface Values {
  [field: string]: string;
  name: string;
  rows: string;
}

let root: Root;
let draft: Draft<Values>;

function Form({ saved }: { saved: Values }) {
  draft = useDraft(saved);
  return <input id="rows.1.units" />;
}

const show = (saved: Values): void => act(() => root.render(<Form saved={saved} />));
const SAVED = { name: 'Points', rows: 'a' };

/** The server answers; what it saved is read again. */
function answer(data: SaveAnswer, saved: Values = SAVED): void {
  server.fetcher.state = 'idle';
  server.fetcher.data = data;
  show(saved);
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  Object.assign(server.fetcher, { state: 'idle', data: undefined, sent: [] });
  const place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
  show(SAVED);
});

afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
  vi.clearAllMocks();
});

test('all values are sent, with the language that numbers are written in', () => {
  act(() => draft.set('name', 'Club'));
  act(() => draft.save());
  expect(server.fetcher.sent).toEqual([{ name: 'Club', rows: 'a', locale: 'en' }]);
});

test('what is typed while a save is on its way stays as an unsaved change', () => {
  act(() => draft.set('name', 'Club'));
  act(() => draft.set('rows', 'b'));
  act(() => draft.save());
  act(() => draft.set('name', 'Clubs'));
  answer({ ok: true }, { name: 'Club', rows: 'b' });
  expect(draft.values).toEqual({ name: 'Clubs', rows: 'b' });
  expect(draft.isDirty).toBe(true);
  expect(server.toast).toHaveBeenCalledWith('common.saved');
});

test('a saved draft is clean, and a new thing has its screen in place of the form', () => {
  act(() => draft.set('name', 'Club'));
  act(() => draft.save());
  answer({ ok: true, goTo: '/app/loyalty/programs/7' }, { name: 'Club', rows: 'a' });
  expect(draft.isDirty).toBe(false);
  expect(server.navigate).toHaveBeenCalledWith('/app/loyalty/programs/7', {
    replace: true,
    state: { isAfterSave: true },
  });
});

test('a refusal keeps what was typed and puts the focus into the first wrong field', () => {
  act(() => draft.set('rows', 'b'));
  act(() => draft.save());
  answer({ ok: false, errors: { 'rows.1.units': { code: 'required' } } });
  expect(draft.values.rows).toBe('b');
  expect(document.activeElement?.id).toBe('rows.1.units');
  expect(server.toast).not.toHaveBeenCalled();
});

test('a change takes away the errors of its field, of the parts of a list and of the form, and no other', () => {
  act(() => draft.set('rows', 'b'));
  act(() => draft.save());
  const required = { code: 'required' as const };
  answer({
    ok: false,
    errors: { name: required, rowsOfOthers: required, 'rows.1.units': required, form: required },
  });
  act(() => draft.set('rows', 'c'));
  expect(Object.keys(draft.errors)).toEqual(['name', 'rowsOfOthers']);
});

test('discarding goes back to what is saved', () => {
  act(() => draft.set('name', 'Club'));
  act(() => draft.discard());
  expect(draft.values).toEqual(SAVED);
  expect(draft.isDirty).toBe(false);
});

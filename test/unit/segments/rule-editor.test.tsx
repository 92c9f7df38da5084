// @vitest-environment jsdom
/** The rule editor in the browser: what it tells its screen, and what it says to staff. */
import { AppProvider } from '@shopify/polaris';
import polarisEnglish from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { act, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ShopProvider } from '#app/components/shop-context.tsx';
import { i18nFor } from '#app/i18n/i18n.ts';
import { parseTree, type SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { RuleEditor, type EditedRule } from '#app/modules/segments/ui/editor/rule-editor.tsx';

// Polaris asks for it when it is loaded; jsdom has none.
vi.hoisted(() => {
  const none = {
    matches: false,
    addListener() {},
    removeListener() {},
    addEventListener() {},
    removeEventListener() {},
  };
  Object.assign(globalThis, { matchMedia: () => none });
  class ResizeObserver {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  Object.assign(globalThis, { ResizeObserver });
  Object.assign(window, { matchMedia: () => none, ResizeObserver });
});

vi.mock('@shopify/app-bridge-react', () => ({ useAppBridge: () => ({ toast: { show: () => undefined } }) }));

let root: Root;
let edited: EditedRule;
const asked: string[] = [];

const shop = {
  domain: 'a.myshopify.com',
  name: 'A',
  currency: 'IDR',
  timeZone: 'Asia/Jakarta',
  trialMode: false,
  isDraft: false,
};

function Screen({ rule }: { rule: SegmentNode | null }) {
  const [showsErrors, setShowsErrors] = useState(false);
  return (
    <>
      <RuleEditor rule={rule} names={{}} onChange={(next) => (edited = next)} showsErrors={showsErrors} />
      <button onClick={() => setShowsErrors(true)}>Use</button>
    </>
  );
}

function show(given: unknown): void {
  const rule = given === null ? null : parseTree(JSON.stringify(given));
  act(() =>
    root.render(
      <I18nextProvider i18n={i18nFor('en')}>
        <AppProvider i18n={polarisEnglish}>
          <ShopProvider shop={shop}>
            <Screen rule={rule} />
          </ShopProvider>
        </AppProvider>
      </I18nextProvider>,
    ),
  );
}
const find = (selector: string) => {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element;
};
const press = (name: string) =>
  act(() =>
    [...document.querySelectorAll('button')]
      .find((button) => (button.getAttribute('aria-label') ?? button.textContent) === name)!
      .click(),
  );

function type(label: string, value: string): void {
  const field = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === label)!;
  const input = document.getElementById(field.htmlFor) as HTMLInputElement;
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(input, value);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const ORDERS = { kind: 'condition', code: 'order_count', values: { op: 'atLeast', value: '3' } };
const MEMBER = { kind: 'condition', code: 'member', values: { op: 'yes' } };

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  asked.length = 0;
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return Promise.resolve(
      Response.json({ ok: true, count: 7, certainty: 'exact', sample: [], names: {}, missing: [] }),
    );
  });
  document.body.innerHTML = '<div id="screen"></div>';
  root = createRoot(find('#screen'));
});
afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('an empty rule is whole and means all customers; it counts nothing', () => {
  show(null);
  expect(edited).toMatchObject({ rule: null, isWhole: true });
  expect(asked).toEqual([]);
});

test('what is typed changes the rule and the sentence; it is counted once, after typing', async () => {
  show({ kind: 'all', parts: [ORDERS, MEMBER] });
  expect(edited.rule).toEqual({ kind: 'all', parts: [ORDERS, MEMBER] });
  type('Value', '4');
  type('Value', '45');
  expect(edited.rule).toMatchObject({ parts: [{ values: { value: '45' } }, MEMBER] });
  expect(document.body.textContent).toContain(
    'number of valid orders is at least 45 and the customer is a club member',
  );
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  expect(asked).toHaveLength(1);
  expect(new URL(asked[0]!, 'http://app').searchParams.get('rule')).toContain('"45"');
  expect(document.body.textContent).toContain('7 customers');
});

test('an incomplete condition makes no rule; the error is said at its field, once it is tried', () => {
  show({ kind: 'all', parts: [ORDERS, MEMBER] });
  type('Value', '');
  expect(edited).toMatchObject({ rule: null, isWhole: false });
  expect(document.body.textContent).not.toContain('Enter a number.');
  press('Use');
  expect(find('[role=group][aria-label="Number of valid orders"]').textContent).toContain('Enter a number.');
  expect(find('[role=group][aria-label="Club membership"]').textContent).not.toContain('Enter a number.');
});

test('parts are removed, excluded and moved by keyboard; the handle keeps the focus and the move is announced', () => {
  show({ kind: 'all', parts: [ORDERS, MEMBER] });
  const handle = find('[aria-label="Move Club membership"]');
  act(() => {
    handle.focus();
    handle.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
  });
  expect(edited.rule).toEqual({ kind: 'all', parts: [MEMBER, ORDERS] });
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Move Club membership');
  expect(find('[aria-live=polite]').textContent).toBe('Club membership moved to position 1 of 2.');
  act(() => find('[role=group][aria-label="Club membership"] input[type=checkbox]').click());
  expect(edited.rule).toEqual({ kind: 'all', parts: [{ kind: 'not', part: MEMBER }, ORDERS] });
  press('Remove Number of valid orders');
  expect(edited.rule).toEqual({ kind: 'not', part: MEMBER });
});

function write(text: string): void {
  const field = find('textarea') as HTMLTextAreaElement;
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
const written = () => (find('textarea') as HTMLTextAreaElement).value;
const page = () => document.body.textContent ?? '';

test('each side follows the other', () => {
  show({ kind: 'all', parts: [ORDERS, MEMBER] });
  press('Query text');
  expect(written()).toBe('number_of_orders >= 3\nAND member = true');
  write('number_of_orders >= 4 OR member = true');
  expect(edited).toMatchObject({
    isWhole: true,
    rule: { kind: 'any', parts: [{ values: { value: '4' } }, MEMBER] },
  });
  press('Conditions');
  expect(edited.rule).toMatchObject({ kind: 'any' });
  // Nothing was changed there: the text is as it was typed.
  press('Query text');
  expect(written()).toBe('number_of_orders >= 4 OR member = true');
  press('Conditions');
  press('Remove Club membership');
  press('Query text');
  expect(written()).toBe('number_of_orders >= 4');
});

test('a text with an error is no rule, and waits while the conditions before it are seen', () => {
  show(ORDERS);
  press('Query text');
  write('number_of_orders >= ');
  expect(edited).toMatchObject({ isWhole: false, rule: null });
  expect(page()).toContain('Line 1, column 21: Expected a value for number_of_orders.');
  press('Conditions');
  expect(edited).toMatchObject({ isWhole: true, rule: ORDERS });
  expect(page()).toContain('these are the conditions without your last changes');
  press('Back to the text');
  expect(written()).toBe('number_of_orders >= ');
});

test('an incomplete condition is not in the text, and is still there after a look at it', () => {
  show({ kind: 'all', parts: [ORDERS, MEMBER] });
  type('Value', '');
  press('Query text');
  expect(written()).toBe('member = true');
  expect(page()).toContain('Incomplete conditions aren’t in this text.');
  expect(edited.isWhole).toBe(false);
  press('Conditions');
  expect(page()).toContain('Number of valid orders');
});

// @vitest-environment jsdom
/** Deleting a segment: what uses it is said first, and what runs on it keeps it. */
import { AppProvider } from '@shopify/polaris';
import polarisEnglish from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ShopProvider } from '#app/components/shop-context.tsx';
import { i18nFor } from '#app/i18n/i18n.ts';
import { DeleteDialog } from '#app/modules/segments/ui/saved/delete-dialog.tsx';

// Polaris asks for it when it is loaded; jsdom has none.
const sent = vi.hoisted(() => {
  const none = { matches: false, addListener() {}, removeListener() {} };
  class Observer {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  const missing = { matchMedia: () => none, ResizeObserver: Observer, scroll: () => undefined };
  Object.assign(globalThis, missing);
  Object.assign(window, missing);
  return [] as unknown[];
});
vi.mock('@shopify/app-bridge-react', () => ({ useAppBridge: () => ({ toast: { show: () => undefined } }) }));
vi.mock('@remix-run/react', () => ({
  useNavigate: () => () => undefined,
  useFetcher: () => ({ data: undefined, state: 'idle', submit: (values: unknown) => sent.push(values) }),
}));

const SHOP = {
  domain: 'a.myshopify.com',
  name: 'A',
  currency: 'IDR',
  timeZone: 'Asia/Jakarta',
  trialMode: false,
  isDraft: false,
};

let root: Root;
beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  sent.length = 0;
  document.body.innerHTML = '<div id="screen"></div>';
  root = createRoot(document.getElementById('screen')!);
});
afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
});

async function show(answer: () => Response): Promise<void> {
  vi.stubGlobal('fetch', () => Promise.resolve(answer()));
  await act(() => {
    root.render(
      <I18nextProvider i18n={i18nFor('en')}>
        <AppProvider i18n={polarisEnglish}>
          <ShopProvider shop={SHOP}>
            <DeleteDialog segment={{ segmentId: 7n, name: 'VIPs', version: 1 }} onClose={() => undefined} />
          </ShopProvider>
        </AppProvider>
      </I18nextProvider>,
    );
    return Promise.resolve();
  });
}
const button = (name: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
const use = (isRunning: boolean) => ({
  what: 'campaign',
  name: 'Eid',
  address: '/app/messages/1',
  isRunning,
});
const answering = (uses: unknown[]) => () => Response.json({ ok: true, uses });

test('what runs on it is named, and it can not be deleted', async () => {
  await show(answering([use(true)]));
  await vi.waitFor(() => expect(document.body.textContent).toContain('can’t be deleted now'));
  expect(document.querySelector('a[href="/app/messages/1"]')?.textContent).toBe(
    'Recipients of the campaign “Eid”',
  );
  expect(button('Delete').getAttribute('aria-disabled') ?? String(button('Delete').disabled)).toBe('true');
  act(() => button('Delete').click());
  expect(sent).toEqual([]);
});

test('what has ended is named, and it can be deleted', async () => {
  await show(answering([use(false)]));
  await vi.waitFor(() => expect(document.body.textContent).toContain('It’s used here'));
  act(() => button('Delete').click());
  expect(sent).toEqual([{ intent: 'delete', segmentId: '7' }]);
});

test('while its uses are not known it is not deleted', async () => {
  await show(() => new Response(null, { status: 500 }));
  await vi.waitFor(() => expect(document.body.textContent).toContain('couldn’t be read'));
  act(() => button('Delete').click());
  expect(sent).toEqual([]);
  vi.stubGlobal('fetch', () => Promise.resolve(answering([])()));
  await act(() => {
    button('Try again').click();
    return Promise.resolve();
  });
  await vi.waitFor(() => expect(document.body.textContent).not.toContain('couldn’t be read'));
  act(() => button('Delete').click());
  expect(sent).toHaveLength(1);
});

import { read } from './api.ts';
import { action, badge, cell, detail, el, readable, table } from './dom.ts';
import { runAndTell } from './toast.ts';
import { send } from './api.ts';
import { settings, t, time, words } from './settings.ts';

/** A tab: reads its list and draws it. */
export interface Panel {
  /** The list as it is now; compared as JSON, so that an unchanged list is not drawn again. */
  load(): Promise<unknown[]>;
  draw(list: unknown[]): HTMLElement;
}

/** Builds a tab over one list of the control API. */
export function listPanel<T>(name: string, path: string, draw: (list: T[]) => HTMLElement): Panel {
  let last: T[] = [];
  return {
    load: async () => {
      const answer = await read<Record<string, T[]>>(
        `${path}${path.includes('?') ? '&' : '?'}shop=${settings.shop}`,
      );
      last = answer[name] ?? [];
      return last;
    },
    draw: () => (last.length === 0 ? el('p', { class: 'empty' }, t('none')) : draw(last)),
  };
}

interface Delivery {
  webhookId: string;
  eventId: string;
  topic: string;
  triggeredAt: string;
  payload: string;
  attempts: { at: string; status: number | null; durationMs: number; error: string | null; body: string }[];
  state: string;
}

/** What was sent to the app, with its responses. */
export const webhooks = listPanel<Delivery>('webhooks', 'webhooks?limit=100', (list) =>
  table([t('time'), t('topic'), t('state'), t('answers'), t('ids'), ''], list.map(webhookRow)),
);

function webhookRow(delivery: Delivery): HTMLTableRowElement {
  const answers = delivery.attempts.map(({ status, durationMs, error }) =>
    el('span', { class: 'answer' }, `${status ?? error ?? '–'} · ${durationMs} ms`),
  );
  const resend = () => send(`webhooks/${delivery.webhookId}/resend`, {});
  return el(
    'tr',
    {},
    cell(t('time'), time(delivery.triggeredAt)),
    cell(t('topic'), el('strong', {}, delivery.topic)),
    cell(t('state'), badge(delivery.state, t(`stateText.${delivery.state}`))),
    cell(t('answers'), ...answers),
    cell(t('ids'), el('code', {}, delivery.webhookId), el('code', { class: 'muted' }, delivery.eventId)),
    cell(
      '',
      action(t('again'), () => runAndTell(resend)),
      action(t('five'), () => runAndTell(() => Promise.all(Array.from({ length: 5 }, resend)))),
      detail(`webhook ${delivery.webhookId}`, t('payload'), () => readable(delivery.payload)),
    ),
  );
}

interface Code {
  id: string;
  code: string;
  title: string;
  status: string;
  value: { kind: string; amount?: string; fraction?: number };
  customers: string[] | null;
  usageLimit: number | null;
  usageCount: number;
  endsAt: string | null;
}

/** Discount codes and their state. */
export const codes = listPanel<Code>('codes', 'codes', (list) =>
  table(
    [t('code'), t('state'), t('value'), t('uses'), t('for'), t('until')],
    list.map((code) =>
      el(
        'tr',
        {},
        cell(t('code'), el('strong', {}, code.code), el('span', { class: 'muted block' }, code.title)),
        cell(t('state'), badge(code.status, t(`stateText.${code.status}`))),
        cell(t('value'), code.value.amount ?? `${(code.value.fraction ?? 0) * 100} %`),
        cell(t('uses'), `${code.usageCount} / ${code.usageLimit ?? '∞'}`),
        cell(
          t('for'),
          code.customers ? code.customers.map((gid) => gid.split('/').pop()).join(', ') : t('everybody'),
        ),
        cell(t('until'), code.endsAt ? time(code.endsAt) : '–'),
      ),
    ),
  ),
);

interface CustomerRow {
  id: number;
  first_name: string;
  last_name: string;
  email: string | null;
  phone: string | null;
  tags: string[];
  metafields: unknown[];
}

/** Customers with what the app stored on them. */
export const customers = listPanel<CustomerRow>('customers', 'customers', (list) =>
  table(
    [t('name'), t('contact'), 'Id', t('tags'), t('metafields')],
    list.map((customer) =>
      el(
        'tr',
        {},
        cell(t('name'), el('strong', {}, `${customer.first_name} ${customer.last_name}`)),
        cell(t('contact'), customer.email, el('span', { class: 'muted block' }, customer.phone)),
        cell('Id', el('code', {}, customer.id)),
        cell(t('tags'), customer.tags.join(', ')),
        cell(
          t('metafields'),
          detail(`customer ${customer.id}`, String(customer.metafields.length), () =>
            JSON.stringify(customer.metafields, null, 2),
          ),
        ),
      ),
    ),
  ),
);

interface RequestRow {
  at: string;
  kind: string;
  operation: string;
  variables: unknown;
  status: number;
  outcome: string;
  detail: string | null;
  fault: string | null;
  durationMs: number;
}

/** The app's requests to the Admin API. */
export const requests = listPanel<RequestRow>('requests', 'requests?limit=150', (list) =>
  table(
    [t('time'), t('operation'), t('outcome'), t('duration'), ''],
    list.map((request) =>
      el(
        'tr',
        {},
        cell(t('time'), time(request.at)),
        cell(
          t('operation'),
          el('strong', {}, request.operation),
          el('span', { class: 'muted block' }, request.kind),
        ),
        cell(
          t('outcome'),
          badge(request.outcome, `${request.status} ${t(`stateText.${request.outcome}`)}`),
          request.fault ? badge('fault', t(`faultText.${request.fault}`)) : null,
          request.detail ? el('span', { class: 'muted block' }, request.detail) : null,
        ),
        cell(t('duration'), `${words.formatNumber(request.durationMs)} ms`),
        cell(
          '',
          detail(`request ${request.at} ${request.operation}`, t('variables'), () =>
            JSON.stringify(request.variables, null, 2),
          ),
        ),
      ),
    ),
  ),
);

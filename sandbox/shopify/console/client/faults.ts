import { read, send } from './api.ts';
import { action, cell, el, table } from './dom.ts';
import type { Panel } from './panels.ts';
import { settings, t } from './settings.ts';
import { runAndTell } from './toast.ts';

interface FaultRow {
  id: number;
  target: string;
  kind: string;
  operation: string | null;
  shop: string | null;
  times: number;
  struck: number;
}

let list: FaultRow[] = [];

/** Faults that are set, and the form that sets one. The form is kept, so that a refresh does not empty it. */
export const faults: Panel = {
  load: async () => {
    list = (await read<{ faults: FaultRow[] }>('faults')).faults;
    return list;
  },
  draw: () => el('div', { class: 'fault-columns' }, form(), faultTable()),
};

let keptForm: HTMLFormElement | null = null;

function form(): HTMLFormElement {
  keptForm ??= buildForm();
  return keptForm;
}

function buildForm(): HTMLFormElement {
  const kind = el('select', { name: 'kind', id: 'kind' });
  const target = el(
    'select',
    { name: 'target', id: 'target' },
    ...Object.keys(settings.faultKinds).map((name) => el('option', { value: name }, name)),
  );
  const fillKinds = () => {
    const kinds = settings.faultKinds[target.value] ?? [];
    kind.replaceChildren(...kinds.map((name) => el('option', { value: name }, t(`faultText.${name}`))));
  };
  target.addEventListener('change', fillKinds);
  fillKinds();
  const field = (label: string, input: HTMLElement) =>
    el('label', { class: 'field' }, el('span', {}, label), input);
  const input = (name: string, attributes: Record<string, string> = {}) =>
    el('input', { name, ...attributes });
  const element = el(
    'form',
    { class: 'card stack' },
    field(t('target'), target),
    field(t('kind'), kind),
    field(t('onlyOperation'), input('operation', { placeholder: 'discountCodeBasicCreate, orders/paid …' })),
    field(t('times'), input('times', { type: 'number', min: '1', value: '1' })),
    field(t('delayMs'), input('delayMs', { type: 'number', min: '0' })),
    field(t('message'), input('message')),
    el('button', { class: 'button primary' }, t('arm')),
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    runAndTell(() => send('faults', faultOf(new FormData(element))), t('armed'));
  });
  return element;
}

function faultOf(data: FormData): Record<string, unknown> {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const fault: Record<string, unknown> = {
    target: text('target'),
    kind: text('kind'),
    times: Number(text('times') || 1),
  };
  if (text('operation')) fault['operation'] = text('operation');
  if (text('delayMs')) fault['delayMs'] = Number(text('delayMs'));
  if (text('message')) fault['message'] = text('message');
  return fault;
}

function faultTable(): HTMLElement {
  if (list.length === 0) return el('p', { class: 'empty' }, t('none'));
  const rows = list.map((fault) =>
    el(
      'tr',
      {},
      cell(t('target'), fault.target, el('span', { class: 'muted block' }, fault.operation)),
      cell(t('kind'), t(`faultText.${fault.kind}`)),
      cell(t('struck'), fault.struck),
      cell(t('left'), fault.times),
    ),
  );
  const clear = action(t('clear'), () => runAndTell(() => send('faults', null, 'DELETE')));
  return el('div', {}, table([t('target'), t('kind'), t('struck'), t('left')], rows), clear);
}

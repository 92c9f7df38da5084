/** The rule while it is edited: what is typed, and what can be done with its parts. */
import { describe, expect, it } from 'vitest';
import type { ConditionNode } from '#app/modules/segments/conditions/registry.ts';
import { fieldsOf, newFields, readFields } from '#app/modules/segments/editor/fields.ts';
import {
  changeDraft,
  draftOf,
  readDraft,
  type DraftAction,
  type DraftNode,
  type RuleDraft,
} from '#app/modules/segments/editor/rule-draft.ts';
import { DEPTH_MAX, parseTree, readTree, type SegmentNode } from '#app/modules/segments/tree/tree.ts';

const FORMAT = { locale: 'id', currency: 'IDR' };

function rule(given: unknown): SegmentNode {
  const tree = parseTree(JSON.stringify(given));
  if (tree === null) throw new Error('no rule');
  return tree;
}
const one = (code: string, values: unknown) => ({ kind: 'condition', code, values });
const MEMBER = one('member', { op: 'yes' });
const PHONE = one('has_phone', { op: 'yes' });
const EMAIL = one('has_email', { op: 'no' });

describe('what is typed', () => {
  it.each([
    one('order_total', { op: 'atLeast', value: '10000000' }),
    one('order_total', { op: 'between', from: '0', to: '10000050' }),
    one('weight', { op: 'is', value: '62500' }),
    one('order_count', { op: 'lessThan', value: '1000' }),
    one('age', { op: 'isEmpty' }),
    one('added', { op: 'on', day: '2026-02-28' }),
    one('added', { op: 'between', from: '2026-02-28', to: '2026-03-01' }),
    one('added', { op: 'moreThanDaysAgo', days: 90 }),
    one('birthday', { op: 'month', month: 12 }),
    one('birthday', { op: 'dayOfYear', from: '12-24', to: '01-02' }),
    one('birthday', { op: 'between', from: '1990-01-01', to: '1999-12-31' }),
    one('tags', { op: 'allOf', list: ['a', 'b'] }),
    one('postal_code', { op: 'startsWith', list: ['401'] }),
    one('note', { op: 'contains', text: 'kopi' }),
    one('points_expiring', { op: 'within', days: 30, value: '50' }),
    one('bought', { op: 'none', goods: { by: 'type', list: ['Teh'] }, period: null }),
    one('bought', { op: 'lastOrder', goods: { by: 'variant', list: ['1/2'] } }),
    one('bought', {
      op: 'spend',
      goods: { by: 'product', list: ['1'] },
      period: { op: 'between', from: '2026-01-01', to: '2026-01-31' },
      from: null,
      to: '10000000',
    }),
    one('bought', {
      op: 'any',
      goods: { by: 'tag', list: ['x'] },
      period: { op: 'before', day: '2026-01-01' },
    }),
    one('bought', {
      op: 'any',
      goods: { by: 'tag', list: ['x'] },
      period: { op: 'moreThanDaysAgo', days: 9 },
    }),
  ])('is written into the fields and read back: %j', (given) => {
    const node = rule(given) as ConditionNode;
    expect(readFields(node.code, fieldsOf(node, FORMAT), FORMAT)).toEqual({ ok: true, node });
  });

  it('is read as people here write it', () => {
    const read = (value: string) => readFields('order_total', { ...newFields('order_total'), value }, FORMAT);
    expect(read('100.000')).toMatchObject({ node: { values: { op: 'atLeast', value: '10000000' } } });
    expect(read('100,000')).toEqual(read('100.000'));
    expect(read('1,00,000')).toEqual({ ok: false, wrong: ['value'] });
  });

  it.each([
    ['order_count', { value: '' }, ['value']],
    ['order_count', { op: 'between', from: '5', to: '4' }, ['to']],
    ['added', { op: 'between', fromDay: '2026-02-02', toDay: '2026-02-01' }, ['toDay']],
    ['added', { op: 'on', day: '' }, ['day']],
    ['added', { op: 'lastDays', days: '99999' }, ['days']],
    ['birthday', { op: 'dayOfYear', fromMonth: '2', fromDate: '30' }, ['fromDate']],
    ['name', { op: 'contains', text: ' ' }, ['text']],
    ['city', {}, ['list']],
    ['bought', { op: 'times', list: ['1'], from: '', to: '' }, ['from']],
    ['bought', { op: 'times', list: ['1'], from: '', to: 'x' }, ['to']],
    ['bought', { list: [], period: 'between', fromDay: '', toDay: '' }, ['list', 'fromDay', 'toDay']],
  ] as const)('is refused at its field: %s %j', (code, typed, wrong) => {
    const fields = { ...newFields(code), ...typed, list: [...('list' in typed ? typed.list : [])] };
    expect(readFields(code, fields, FORMAT)).toEqual({ ok: false, wrong });
  });
});

/** What a draft looks like: codes, groups in brackets. */
function show(node: DraftNode): string {
  const text = node.kind === 'condition' ? node.code : `${node.join}[${node.parts.map(show).join(' ')}]`;
  return node.isNot ? `!${text}` : text;
}
const after = (draft: RuleDraft, ...actions: DraftAction[]) => actions.reduce(changeDraft, draft);
const idOf = (draft: RuleDraft, text: string): number => {
  const find = (node: DraftNode): number | null => {
    if (show(node) === text) return node.id;
    for (const part of node.kind === 'group' ? node.parts : []) {
      const found = find(part);
      if (found !== null) return found;
    }
    return null;
  };
  const id = find(draft.root);
  if (id === null) throw new Error(`no ${text} in ${show(draft.root)}`);
  return id;
};

describe('the parts', () => {
  const draft = draftOf(
    rule({ kind: 'all', parts: [MEMBER, { kind: 'any', parts: [PHONE, EMAIL] }] }),
    FORMAT,
  );

  it.each([
    { kind: 'all', parts: [MEMBER, { kind: 'any', parts: [PHONE, EMAIL] }] },
    {
      kind: 'any',
      parts: [
        { kind: 'not', part: MEMBER },
        { kind: 'not', part: { kind: 'all', parts: [PHONE, EMAIL] } },
      ],
    },
    MEMBER,
    { kind: 'not', part: MEMBER },
    { kind: 'not', part: { kind: 'any', parts: [PHONE, MEMBER] } },
  ])('are those of the rule, which comes back unchanged: %j', (given) => {
    expect(readDraft(draftOf(rule(given), FORMAT), FORMAT)).toMatchObject({ rule: given, isWhole: true });
  });

  it('without any, mean no rule', () => {
    expect(readDraft(draftOf(null, FORMAT), FORMAT)).toMatchObject({ rule: null, isWhole: true });
  });

  it('that are incomplete make no rule, so that it can’t mean more than was meant', () => {
    const added = after(draft, { type: 'add', groupId: 0, code: 'city' });
    const read = readDraft(added, FORMAT);
    expect(read).toMatchObject({ rule: null, isWhole: false });
    expect([...read.wrong.values()]).toEqual([['list']]);
    const chosen = after(added, { type: 'set', id: idOf(added, 'city'), fields: { list: ['3273'] } });
    expect(readDraft(chosen, FORMAT)).toMatchObject({
      isWhole: true,
      rule: { parts: [{}, {}, { code: 'city' }] },
    });
  });

  it('are added, combined, turned around and removed; an empty group goes with its last part', () => {
    const grown = after(
      draft,
      { type: 'addGroup', groupId: 0, code: 'has_phone' },
      { type: 'join', id: 0, join: 'any' },
    );
    expect(show(grown.root)).toBe('any[member any[has_phone has_email] any[has_phone]]');
    const not = after(grown, { type: 'not', id: idOf(grown, 'member'), isNot: true });
    expect(show(not.root)).toBe('any[!member any[has_phone has_email] any[has_phone]]');
    const fewer = after(
      not,
      { type: 'remove', id: idOf(not, 'has_email') },
      { type: 'remove', id: idOf(not, 'has_phone') },
    );
    expect(show(fewer.root)).toBe('any[!member any[has_phone]]');
  });

  it('move one by one through the groups, and back', () => {
    const id = idOf(draft, 'member');
    const places = [draft];
    for (let step = 0; step < 4; step += 1) places.push(after(places.at(-1)!, { type: 'move', id, by: 1 }));
    expect(places.map(({ root }) => show(root))).toEqual([
      'all[member any[has_phone has_email]]',
      'all[any[member has_phone has_email]]',
      'all[any[has_phone member has_email]]',
      'all[any[has_phone has_email member]]',
      'all[any[has_phone has_email] member]',
    ]);
    expect(show(after(places.at(-1)!, { type: 'move', id, by: 1 }).root)).toBe(
      'all[any[has_phone has_email] member]',
    );
    let back = places.at(-1)!;
    for (let step = 0; step < 4; step += 1) back = after(back, { type: 'move', id, by: -1 });
    expect(show(back.root)).toBe('all[member any[has_phone has_email]]');
  });

  it('are dropped anywhere but into themselves', () => {
    const groupId = idOf(draft, 'any[has_phone has_email]');
    const id = idOf(draft, 'has_phone');
    expect(show(after(draft, { type: 'place', id, groupId: 0, index: 0 }).root)).toBe(
      'all[has_phone member any[has_email]]',
    );
    expect(show(after(draft, { type: 'place', id, groupId, index: 2 }).root)).toBe(
      'all[member any[has_email has_phone]]',
    );
    expect(after(draft, { type: 'place', id: groupId, groupId, index: 0 })).toBe(draft);
  });

  it('never go deeper than a rule may, whatever is done', () => {
    let deep = draftOf(rule(MEMBER), FORMAT);
    for (let step = 0; step < DEPTH_MAX + 3; step += 1) {
      const innermost = [...show(deep.root).matchAll(/\[/g)].length - 1;
      let group = deep.root;
      for (let level = 0; level < innermost; level += 1)
        group = group.parts.find((part) => part.kind === 'group') ?? group;
      deep = after(
        deep,
        { type: 'addGroup', groupId: group.id, code: 'member' },
        { type: 'add', groupId: group.id, code: 'has_phone' },
      );
    }
    const read = readDraft(deep, FORMAT);
    expect(read).toMatchObject({ isWhole: true, problem: null });
    expect(readTree(read.rule).ok).toBe(true);
  });

  it('are at most fifty', () => {
    let full = draftOf(rule(MEMBER), FORMAT);
    for (let count = 0; count < 60; count += 1)
      full = after(full, { type: 'add', groupId: 0, code: 'member' });
    expect(readDraft(full, FORMAT)).toMatchObject({ isWhole: true, rule: { parts: { length: 50 } } });
  });
});

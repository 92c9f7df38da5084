/** A rule while it is edited: groups and conditions with ids, of which some are not complete yet. Pure. */
import type { ConditionCode } from '../conditions/registry.ts';
import { CONDITIONS_MAX, DEPTH_MAX, readTree, type SegmentNode } from '../tree/tree.ts';
import { fieldsOf, newFields, readFields, type FieldName, type Fields, type InputFormat } from './fields.ts';

export interface DraftCondition {
  kind: 'condition';
  id: number;
  isNot: boolean;
  code: ConditionCode;
  fields: Fields;
}
export interface DraftGroup {
  kind: 'group';
  id: number;
  isNot: boolean;
  join: 'all' | 'any';
  parts: DraftNode[];
}
export type DraftNode = DraftCondition | DraftGroup;

export interface RuleDraft {
  root: DraftGroup;
  nextId: number;
}

const ROOT_ID = 0;
const group = (id: number, join: 'all' | 'any', parts: DraftNode[], isNot = false): DraftGroup => ({
  kind: 'group',
  id,
  isNot,
  join,
  parts,
});

/** The draft of a rule; null is a draft without conditions. Its parts have ids from `firstId` on. */
export function draftOf(
  rule: SegmentNode | null,
  format: InputFormat,
  firstId: number = ROOT_ID + 1,
): RuleDraft {
  let nextId = firstId;
  const node = (given: SegmentNode, isNot: boolean): DraftNode => {
    const id = nextId++;
    if (given.kind === 'not') return node(given.part, !isNot);
    if (given.kind === 'condition')
      return { kind: 'condition', id, isNot, code: given.code, fields: fieldsOf(given, format) };
    return group(
      id,
      given.kind,
      given.parts.map((part) => node(part, false)),
      isNot,
    );
  };
  const root = (): DraftGroup => {
    if (rule === null) return group(ROOT_ID, 'all', []);
    if (rule.kind === 'all' || rule.kind === 'any')
      return group(
        ROOT_ID,
        rule.kind,
        rule.parts.map((part) => node(part, false)),
      );
    return group(ROOT_ID, 'all', [node(rule, false)]);
  };
  const made = root();
  return { root: made, nextId };
}

export interface ReadDraft {
  /** Null without conditions, or while something is wrong. */
  rule: SegmentNode | null;
  isWhole: boolean;
  /** The rule without what is wrong or not complete yet. */
  complete: SegmentNode | null;
  /** The wrong fields of each condition, by its id. */
  wrong: ReadonlyMap<number, readonly FieldName[]>;
  problem: 'depth' | 'size' | null;
}

/** Makes the rule of a draft. A group of one part is that part. */
export function readDraft({ root }: RuleDraft, format: InputFormat): ReadDraft {
  const wrong = new Map<number, readonly FieldName[]>();
  const node = (draft: DraftNode): SegmentNode | null => {
    const made = draft.kind === 'group' ? joined(draft) : condition(draft);
    return made !== null && draft.isNot ? { kind: 'not', part: made } : made;
  };
  const condition = ({ id, code, fields }: DraftCondition): SegmentNode | null => {
    const read = readFields(code, fields, format);
    if (read.ok) return read.node;
    wrong.set(id, read.wrong);
    return null;
  };
  const joined = ({ join, parts }: DraftGroup): SegmentNode | null => {
    const made = parts.map(node).filter((part) => part !== null);
    const [first] = made;
    return made.length > 1 ? { kind: join, parts: made } : (first ?? null);
  };
  const rule = joined(root);
  const read = rule === null || wrong.size > 0 ? null : readTree(rule);
  const problem =
    read !== null && !read.ok && (read.problem === 'depth' || read.problem === 'size') ? read.problem : null;
  const isWhole = wrong.size === 0 && (read === null || read.ok);
  return { rule: isWhole ? rule : null, isWhole, complete: rule, wrong, problem };
}

export type DraftAction =
  /** Another rule instead, as its text says. */
  | { type: 'begin'; draft: RuleDraft }
  | { type: 'add'; groupId: number; code: ConditionCode }
  | { type: 'addGroup'; groupId: number; code: ConditionCode }
  | { type: 'set'; id: number; fields: Partial<Fields> }
  | { type: 'not'; id: number; isNot: boolean }
  | { type: 'join'; id: number; join: 'all' | 'any' }
  | { type: 'remove'; id: number }
  /** One place up or down, into and out of groups on the way. */
  | { type: 'move'; id: number; by: -1 | 1 }
  /** Before the part that is at `index` of the group now; at its end without one. */
  | { type: 'place'; id: number; groupId: number; index: number };

/** The draft after a change. What can't be done (too deep, too many, a group into itself) changes nothing. */
export function changeDraft(draft: RuleDraft, action: DraftAction): RuleDraft {
  const { root, nextId } = draft;
  switch (action.type) {
    case 'begin':
      return action.draft;
    case 'add':
      return grown(draft, action.groupId, newCondition(nextId, action.code), 1);
    case 'addGroup':
      return grown(draft, action.groupId, group(nextId, 'any', [newCondition(nextId + 1, action.code)]), 2);
    case 'set':
      return {
        ...draft,
        root: mapNode(root, action.id, (node) =>
          node.kind === 'condition' ? { ...node, fields: { ...node.fields, ...action.fields } } : node,
        ),
      };
    case 'not':
      return checked(
        draft,
        mapNode(root, action.id, (node) => ({ ...node, isNot: action.isNot })),
      );
    case 'join':
      return {
        ...draft,
        root: mapNode(root, action.id, (node) =>
          node.kind === 'group' ? { ...node, join: action.join } : node,
        ),
      };
    case 'remove':
      return { ...draft, root: without(root, action.id) };
    case 'move':
      return moved(draft, action.id, action.by);
    case 'place':
      return placed(draft, action);
  }
}

const newCondition = (id: number, code: ConditionCode): DraftCondition => ({
  kind: 'condition',
  id,
  isNot: false,
  code,
  fields: newFields(code),
});

function grown(draft: RuleDraft, groupId: number, part: DraftNode, ids: number): RuleDraft {
  const root = mapNode(draft.root, groupId, (node) =>
    node.kind === 'group' ? { ...node, parts: [...node.parts, part] } : node,
  );
  return { ...checked(draft, root), nextId: draft.nextId + ids };
}

/** The changed draft, unless it would be too deep or too large. */
function checked(draft: RuleDraft, root: DraftGroup): RuleDraft {
  return depthOf(root) > DEPTH_MAX || countOf(root) > CONDITIONS_MAX ? draft : { ...draft, root };
}

const depthOf = (node: DraftNode): number =>
  (node.isNot ? 1 : 0) +
  (node.kind === 'group' ? (node.parts.length > 1 ? 1 : 0) + Math.max(0, ...node.parts.map(depthOf)) : 0);

const countOf = (node: DraftNode): number =>
  node.kind === 'group' ? node.parts.reduce((sum, part) => sum + countOf(part), 0) : 1;

/** Whether nothing more may be added. */
export const isFull = ({ root }: RuleDraft): boolean => countOf(root) >= CONDITIONS_MAX;

function mapNode(root: DraftGroup, id: number, change: (node: DraftNode) => DraftNode): DraftGroup {
  const visit = (node: DraftNode): DraftNode => {
    const own = node.id === id ? change(node) : node;
    return own.kind === 'group' ? { ...own, parts: own.parts.map(visit) } : own;
  };
  const made = visit(root);
  return made.kind === 'group' ? made : root;
}

/** Without a part; groups that are empty then go with it. */
function without(root: DraftGroup, id: number): DraftGroup {
  return {
    ...root,
    parts: root.parts
      .filter((part) => part.id !== id)
      .map((part) => (part.kind === 'group' ? without(part, id) : part))
      .filter((part) => part.kind !== 'group' || part.parts.length > 0),
  };
}

/** The group that holds a part, and where in it. */
export function placeOf(root: DraftGroup, id: number): { group: DraftGroup; index: number } | null {
  const index = root.parts.findIndex((part) => part.id === id);
  if (index >= 0) return { group: root, index };
  for (const part of root.parts) {
    const found = part.kind === 'group' ? placeOf(part, id) : null;
    if (found !== null) return found;
  }
  return null;
}

function moved(draft: RuleDraft, id: number, by: -1 | 1): RuleDraft {
  const { root } = draft;
  const place = placeOf(root, id);
  if (place === null) return draft;
  const { group: within, index } = place;
  const neighbour = within.parts[index + by];
  if (neighbour?.kind === 'group') {
    const inside = placed(draft, {
      id,
      groupId: neighbour.id,
      index: by > 0 ? 0 : neighbour.parts.length,
    });
    if (inside !== draft) return inside;
  }
  if (neighbour !== undefined)
    return placed(draft, { id, groupId: within.id, index: by > 0 ? index + 2 : index - 1 });
  const around = placeOf(root, within.id);
  if (around === null) return draft;
  return placed(draft, { id, groupId: around.group.id, index: by > 0 ? around.index + 1 : around.index });
}

function placed(
  draft: RuleDraft,
  { id, groupId, index }: { id: number; groupId: number; index: number },
): RuleDraft {
  const from = placeOf(draft.root, id);
  const part = from?.group.parts[from.index];
  if (from === null || part === undefined || has(part, groupId)) return draft;
  const at = from.group.id === groupId && from.index < index ? index - 1 : index;
  // Empty groups are removed after the part is in its new place, or its new place could be gone.
  const out = mapNode(draft.root, from.group.id, (node) =>
    node.kind === 'group' ? { ...node, parts: node.parts.filter((one) => one.id !== id) } : node,
  );
  const root = mapNode(out, groupId, (node) =>
    node.kind === 'group' ? { ...node, parts: node.parts.toSpliced(at, 0, part) } : node,
  );
  return checked(draft, without(root, -1));
}

const has = (node: DraftNode, id: number): boolean =>
  node.id === id || (node.kind === 'group' && node.parts.some((part) => has(part, id)));

/** What is compared: stored segments and snapshots of them; and the lists of who is in both, or in only one. */
import { DEFAULT_SORT, EVERYBODY, listAddress } from '../customer-filter.ts';
import { allOf, type SegmentNode } from '../tree/tree.ts';

export interface Side {
  kind: 'segment' | 'snapshot';
  id: bigint;
}

export const PARTS = ['only_a', 'both', 'only_b'] as const;
export type Part = (typeof PARTS)[number];

const SIDE = /^(segment|snapshot):(\d{1,18})$/;

/** Reads `segment:12` or `snapshot:3`; null for anything else. */
export function readSide(text: string): Side | null {
  const [, kind, id] = SIDE.exec(text) ?? [];
  if (id === undefined) return null;
  return { kind: kind === 'segment' ? 'segment' : 'snapshot', id: BigInt(id) };
}

/** A side as an address writes it. */
export const sideText = ({ kind, id }: Side): string => `${kind}:${id}`;

/** The condition of being in a snapshot, or of not being in it. */
export const inSnapshot = (id: bigint, isIn: boolean): SegmentNode => ({
  kind: 'condition',
  code: 'snapshot',
  values: { op: isIn ? 'anyOf' : 'noneOf', list: [id.toString()] },
});

/** The list of a part of a comparison. Segments are asked by their rules of the moment at which it is opened. */
export function partAddress(part: Part, a: Side, b: Side): string {
  const asked = [
    { ...a, isIn: part !== 'only_b' },
    { ...b, isIn: part !== 'only_a' },
  ].toSorted((one, other) => Number(other.isIn) - Number(one.isIn));
  const segments = asked.filter(({ kind }) => kind === 'segment');
  const own = segments.find(({ isIn }) => isIn);
  const other = segments.find((one) => one !== own);
  const rules = asked.flatMap(({ kind, id, isIn }) => (kind === 'snapshot' ? inSnapshot(id, isIn) : []));
  return listAddress(
    {
      ...EVERYBODY,
      segmentId: own?.id ?? null,
      compared: other === undefined ? null : { segmentId: other.id, isIn: other.isIn },
      rule: allOf(rules),
    },
    DEFAULT_SORT,
  );
}

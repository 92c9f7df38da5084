/** Where who joined and left a segment is listed. Browser and server. */

export const MOVES = ['joined', 'left'] as const;
export type Move = (typeof MOVES)[number];

/** The list of a segment's joins and leaves; `only` one of them if given. */
export function movesAddress(segmentId: bigint, only?: Move): string {
  const address = `/app/customers/segments/${segmentId}/moves`;
  return only === undefined ? address : `${address}?only=${only}`;
}

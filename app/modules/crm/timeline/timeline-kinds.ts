/** What a customer's timeline tells of; the filter offers these. */
export const TIMELINE_KINDS = [
  'points',
  'orders',
  'messages',
  'notes',
  'tags',
  'consents',
  'changes',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** Reads the kind that an address names; null for all. */
export function readTimelineKind(text: string | null): TimelineKind | null {
  return TIMELINE_KINDS.find((kind) => kind === text) ?? null;
}

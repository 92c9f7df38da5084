/** Whom a campaign is for, as it is stored and as its form sends it. Browser and server. */
import { z } from 'zod';

export const AUDIENCE_KINDS = [
  'all',
  'segment',
  'search',
  'ticked',
  'tier',
  'category',
  'shopify',
  'numbers',
] as const;
export type AudienceKind = (typeof AUDIENCE_KINDS)[number];

/** Numbers in one pasted list. */
export const NUMBERS_MAX = 10_000;
/** Segments that one campaign leaves out. */
export const WITHOUT_MAX = 20;
const ADDRESS_CHARACTERS_MAX = 50_000;

const idText = z.string().regex(/^\d{1,18}$/);

const storedSchema = z.object({
  kind: z.enum(AUDIENCE_KINDS).optional(),
  /** The customer list's address; without it `ids`. */
  filter: z.string().max(ADDRESS_CHARACTERS_MAX).optional(),
  ids: z.array(idText).max(NUMBERS_MAX).optional(),
  /** Segments whose members get nothing. */
  without: z.array(idText).max(WITHOUT_MAX).optional(),
});

/** Whom a campaign is for: customers of a list's address, or these. */
export interface Audience {
  kind: AudienceKind;
  filter: string | null;
  ids: readonly string[];
  without: readonly string[];
}

/** Reads a stored audience; one that can't be read is nobody. */
export function readAudience(stored: unknown): Audience {
  const read = storedSchema.safeParse(stored).data;
  const filter = read?.filter ?? null;
  return {
    kind: read?.kind ?? (filter === null ? 'ticked' : kindOf(filter)),
    filter,
    ids: read?.ids ?? [],
    without: read?.without ?? [],
  };
}

function kindOf(filter: string): AudienceKind {
  const params = new URLSearchParams(filter);
  if (params.has('segment') && params.size === 1) return 'segment';
  return params.size === 0 ? 'all' : 'search';
}

/** The list's address of a kind's chosen value. */
export function filterOf(kind: AudienceKind, value: string): string {
  const ofRule = (code: string) =>
    new URLSearchParams({
      rule: JSON.stringify({ kind: 'condition', code, values: { op: 'anyOf', list: [value] } }),
    }).toString();
  if (kind === 'segment' || kind === 'category') return new URLSearchParams({ [kind]: value }).toString();
  if (kind === 'tier') return ofRule('tier');
  if (kind === 'shopify') return ofRule('shopify_segment');
  return kind === 'search' ? value : '';
}

const ruleSchema = z.object({ values: z.object({ list: z.array(z.string()).length(1) }) });

/** What was chosen of the audience's kind: the reverse of `filterOf`. */
export function chosenOf({ kind, filter }: Audience): string {
  const params = new URLSearchParams(filter ?? '');
  if (kind === 'segment' || kind === 'category') return params.get(kind) ?? '';
  if (kind === 'search') return filter ?? '';
  if (kind !== 'tier' && kind !== 'shopify') return '';
  try {
    return ruleSchema.safeParse(JSON.parse(params.get('rule') ?? '')).data?.values.list[0] ?? '';
  } catch {
    return '';
  }
}

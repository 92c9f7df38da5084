import type { Customer, Segment } from '../state.ts';
import { UnknownError, type World } from '../world.ts';
import { segmentFilter, SegmentQueryError } from './segment-query.ts';

export type SegmentInput = { name?: string | undefined; query?: string | undefined };
export type SegmentChange =
  { ok: true; segment: Segment } | { ok: false; field: 'id' | 'name' | 'query' | null; message: string };

const NAME_LONGEST = 255;
const QUERY_LONGEST = 5_000;
/** Shopify gives a second name of the same kind a number, and gives up after a few. */
const NAME_TRIES = 10;
/** How long a query of members takes here. */
const MEMBERS_QUERY_MS = 400;

const refuse = (field: 'id' | 'name' | 'query' | null, message: string): SegmentChange => ({
  ok: false,
  field,
  message,
});

function wrongWith({ name, query }: SegmentInput): SegmentChange | null {
  if (name !== undefined && name.trim() === '') return refuse('name', "Name can't be blank");
  if (name !== undefined && name.trim().length > NAME_LONGEST)
    return refuse('name', `Name is too long (maximum is ${NAME_LONGEST} characters)`);
  if (query === undefined) return null;
  if (query.trim() === '') return refuse('query', "Query can't be blank");
  if (query.length > QUERY_LONGEST)
    return refuse('query', `Query is too long (maximum is ${QUERY_LONGEST} characters)`);
  try {
    segmentFilter(query);
    return null;
  } catch (error) {
    if (error instanceof SegmentQueryError) return refuse('query', `Query ${error.message}`);
    throw error;
  }
}

/** The name, with a number if another segment has it; null when Shopify gives up. */
function freeName(segments: readonly Segment[], wanted: string, own?: number): string | null {
  const taken = new Set(segments.filter(({ id }) => id !== own).map(({ name }) => name));
  let name = wanted.trim();
  for (let tries = 0; taken.has(name); tries += 1) {
    if (tries === NAME_TRIES) return null;
    const numbered = /^(.*) \((\d+)\)$/.exec(name);
    name = numbered ? `${numbered[1]} (${Number(numbered[2]) + 1})` : `${name} (2)`;
  }
  return name;
}

/** The shop's segments, oldest first. */
export function segmentsOf(world: World, domain: string): Segment[] {
  return (world.shop(domain).segments ??= []);
}

/** Makes a segment as `segmentCreate` and the merchant do. */
export function createSegment(world: World, domain: string, input: Required<SegmentInput>): SegmentChange {
  const wrong = wrongWith(input);
  if (wrong) return wrong;
  const segments = segmentsOf(world, domain);
  const name = freeName(segments, input.name ?? '');
  if (name === null) return refuse('name', 'Name has already been taken');
  const now = world.instant();
  const segment = { id: world.nextId(), name, query: input.query ?? '', createdAt: now, editedAt: now };
  segments.push(segment);
  return { ok: true, segment };
}

/** Changes a segment's name, its query or both. */
export function updateSegment(world: World, domain: string, id: number, input: SegmentInput): SegmentChange {
  const segments = segmentsOf(world, domain);
  const segment = segments.find((each) => each.id === id);
  if (!segment) return refuse('id', 'Segment does not exist');
  if (input.name === undefined && input.query === undefined)
    return refuse(null, 'At least one attribute to change must be present');
  const wrong = wrongWith(input);
  if (wrong) return wrong;
  const name = input.name === undefined ? segment.name : freeName(segments, input.name, id);
  if (name === null) return refuse('name', 'Name has already been taken');
  Object.assign(segment, { name, query: input.query ?? segment.query, editedAt: world.instant() });
  return { ok: true, segment };
}

/** Deletes a segment. */
export function deleteSegment(world: World, domain: string, id: number): SegmentChange {
  const state = world.shop(domain);
  const segment = segmentsOf(world, domain).find((each) => each.id === id);
  if (!segment) return refuse('id', 'Segment does not exist');
  state.segments = segmentsOf(world, domain).filter((each) => each !== segment);
  return { ok: true, segment };
}

/** The customers that a query means now, by id. */
export function segmentMembers(world: World, domain: string, query: string): Customer[] {
  const state = world.shop(domain);
  const isMeant = segmentFilter(query);
  return state.customers
    .filter((customer) => isMeant(customer, { state, now: world.now() }))
    .toSorted((one, other) => one.id - other.id);
}

/** Begins to find the members of a query; they are those of this moment. */
export function startMembersQuery(world: World, domain: string, query: string) {
  const state = world.shop(domain);
  const started = {
    id: world.nextId(),
    memberIds: segmentMembers(world, domain, query).map(({ id }) => id),
    readyAt: new Date(Date.now() + MEMBERS_QUERY_MS).toISOString(),
  };
  state.memberQueries = [...(state.memberQueries ?? []), started];
  return started;
}

/** Whether the machine has found them. */
export function isMembersQueryDone({ readyAt }: { readyAt: string }): boolean {
  return Date.parse(readyAt) <= Date.now();
}

/** As `segmentsOf`, one of them. Throws `UnknownError` if it isn't there. */
export function requireSegment(world: World, domain: string, reference: string | number): Segment {
  const text = String(reference);
  const found = segmentsOf(world, domain).find(({ id, name }) => String(id) === text || name === text);
  if (!found) throw new UnknownError(`no segment ${text} in ${domain}`);
  return found;
}

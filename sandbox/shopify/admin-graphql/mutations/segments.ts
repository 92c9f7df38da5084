import { z } from 'zod';

import { gid, idOf } from '../../../world.ts';
import { segmentFilter, SegmentQueryError } from '../../segment-query.ts';
import {
  createSegment,
  deleteSegment,
  segmentsOf,
  startMembersQuery,
  updateSegment,
  type SegmentChange,
} from '../../segments.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import type { RootResolver } from '../queries.ts';
import { membersQuerySource, segmentSource } from '../segments.ts';
import { userError } from '../user-error.ts';

const membersInput = z.object({ query: z.string().nullish(), segmentId: z.string().nullish() });

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const segmentMutations: Record<string, RootResolver> = {
  segmentCreate: (args, { world, domain }) =>
    payload(createSegment(world, domain, { name: text(args.name) ?? '', query: text(args.query) ?? '' })),
  segmentUpdate: (args, { world, domain }) =>
    payload(
      updateSegment(world, domain, idOf(String(args.id)), {
        name: text(args.name),
        query: text(args.query),
      }),
    ),
  segmentDelete: (args, { world, domain }) => {
    const change = deleteSegment(world, domain, idOf(String(args.id)));
    return {
      deletedSegmentId: change.ok ? gid('Segment', change.segment.id) : null,
      userErrors: errorsOf(change),
    };
  },
  customerSegmentMembersQueryCreate: membersQueryCreate,
};

function payload(change: SegmentChange): Source {
  return { segment: change.ok ? segmentSource(change.segment) : null, userErrors: errorsOf(change) };
}

function errorsOf(change: SegmentChange) {
  return change.ok ? [] : [userError(change.field === null ? null : [change.field], change.message)];
}

function membersQueryCreate(args: FieldArguments, { world, domain }: AdminContext): Source {
  const { query, segmentId } = membersInput.parse(args.input);
  const refuse = (field: string[] | null, message: string): Source => ({
    customerSegmentMembersQuery: null,
    userErrors: [userError(field, message, 'INVALID')],
  });
  if (query && segmentId) return refuse(['input'], 'Providing both segment_id and query is not supported.');
  if (!query && !segmentId) return refuse(['input'], 'You must provide one of segment_id or query.');
  const segment = segmentsOf(world, domain).find(({ id }) => id === idOf(segmentId ?? ''));
  if (segmentId && !segment) return refuse(null, 'Invalid segment ID.');
  try {
    const wanted = segment?.query ?? query ?? '';
    segmentFilter(wanted);
    const { id } = startMembersQuery(world, domain, wanted);
    return { customerSegmentMembersQuery: membersQuerySource(id, false, 0), userErrors: [] };
  } catch (error) {
    if (error instanceof SegmentQueryError) return refuse(null, error.message);
    throw error;
  }
}

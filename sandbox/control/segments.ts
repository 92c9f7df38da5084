import { z } from 'zod';

import { BadRequest, type Router } from '../router.ts';
import type { Sandbox } from '../sandbox.ts';
import {
  createSegment,
  deleteSegment,
  requireSegment,
  segmentMembers,
  segmentsOf,
  updateSegment,
  type SegmentChange,
} from '../shopify/segments.ts';
import type { Segment } from '../state.ts';
import { gid, type World } from '../world.ts';
import { readBody, shopOf } from './input.ts';

const newSegment = z.object({ shop: z.string().optional(), name: z.string(), query: z.string() });
const segmentInput = newSegment.partial();

/** Registers the endpoints that show, add, change and delete segments, as the merchant does on Shopify's pages. */
export function registerSegmentControls(router: Router, { world }: Sandbox): void {
  router.add('GET', '/_control/segments', (exchange) => {
    const shop = shopOf(world, exchange.url.searchParams.get('shop'));
    exchange.sendJson(200, {
      segments: segmentsOf(world, shop).map((each) => segmentView(world, shop, each)),
    });
  });

  router.add('POST', '/_control/segments', async (exchange) => {
    const { shop: wanted, name, query } = await readBody(exchange, newSegment);
    const shop = shopOf(world, wanted);
    exchange.sendJson(201, {
      segment: segmentView(world, shop, done(createSegment(world, shop, { name, query }))),
    });
  });

  router.add('POST', '/_control/segments/:id', async (exchange) => {
    const { shop: wanted, name, query } = await readBody(exchange, segmentInput);
    const shop = shopOf(world, wanted);
    const { id } = requireSegment(world, shop, exchange.params.id ?? '');
    exchange.sendJson(200, {
      segment: segmentView(world, shop, done(updateSegment(world, shop, id, { name, query }))),
    });
  });

  router.add('DELETE', '/_control/segments/:id', (exchange) => {
    const shop = shopOf(world, exchange.url.searchParams.get('shop'));
    const { id } = requireSegment(world, shop, exchange.params.id ?? '');
    exchange.sendJson(200, { segment: segmentView(world, shop, done(deleteSegment(world, shop, id))) });
  });
}

function done(change: SegmentChange): Segment {
  if (change.ok) return change.segment;
  throw new BadRequest(change.message);
}

function segmentView(world: World, shop: string, segment: Segment) {
  return {
    ...segment,
    admin_graphql_api_id: gid('Segment', segment.id),
    members: segmentMembers(world, shop, segment.query).map(({ id }) => id),
  };
}

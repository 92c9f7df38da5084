import type { StaffClient } from '../../shared/staff-client.ts';

/**
 * Whether "apply now" is of use: the rules give something else than what was posted, or the order never reached the club.
 * Without an answer it is offered: what it does harms nothing.
 */
export async function shouldOffer(client: Pick<StaffClient, 'order'>, orderId: string): Promise<boolean> {
  const reply = await client.order(orderId);
  if (reply.ok) return reply.body.isDue;
  return reply.cause !== 'no_permission';
}

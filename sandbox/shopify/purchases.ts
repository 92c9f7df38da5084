import type { Purchase } from '../state.ts';
import type { World } from '../world.ts';

/** The merchant's answer on the page where a purchase is approved; a second answer changes nothing. */
export function answerPurchase(
  world: World,
  domain: string,
  id: number,
  isApproved: boolean,
): Purchase | null {
  const purchase = world.shop(domain).purchases?.find((each) => each.id === id) ?? null;
  if (purchase?.status === 'PENDING') purchase.status = isApproved ? 'ACTIVE' : 'DECLINED';
  return purchase;
}

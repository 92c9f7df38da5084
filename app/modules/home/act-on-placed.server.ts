import { turnOnStanding } from '#app/modules/earning/standing/turn-on.server.ts';

/** Home's word that the theme shows the club: what its blocks read at Shopify is kept from now on. Null for anything else. */
export async function actOnPlaced(
  { shopId }: { shopId: bigint },
  values: Readonly<Record<string, unknown>>,
): Promise<{ ok: true } | null> {
  if (values.intent !== 'blocks_placed') return null;
  await turnOnStanding(shopId);
  return { ok: true };
}

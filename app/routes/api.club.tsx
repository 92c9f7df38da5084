import type { LoaderFunctionArgs } from '@remix-run/node';
import { readCart } from '#app/modules/loyalty/club-request.ts';
import { readClub } from '#app/modules/loyalty/read-club.server.ts';
import { authenticateShopper } from '#app/modules/shops/authenticate-shopper.server.ts';

/** What the signed-in customer has and what this cart can take of it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId, customerId, cors } = await authenticateShopper(request);
  const club = await readClub({ shopId, customerId, cart: readCart(request.url) });
  return cors(Response.json(club, { headers: { 'Cache-Control': 'no-store' } }));
}

import { useState } from 'preact/hooks';
import type { StaffClient } from '../../../shared/staff-client.ts';
import type { Till } from '../till.ts';
import { useFollowed } from '../use-followed.ts';
import { ClubPage } from './ClubPage.tsx';
import { FindPage } from './FindPage.tsx';

/** Without a customer on the cart it finds one, puts them on the cart and shows their club. */
export function HomePage({ till, client }: { till: Till; client: StaffClient }) {
  const cart = useFollowed(till.cart.current);
  const [found, setFound] = useState<string | null>(null);
  const customerId = cart.customer ? String(cart.customer.id) : found;
  const choose = (id: string) => {
    setFound(id);
    // The till may refuse, as on a cart that is being paid; the club is shown anyway.
    till.cart.setCustomer({ id: Number(id) }).catch(() => undefined);
  };
  return customerId === null ? (
    <FindPage till={till} client={client} onFound={choose} />
  ) : (
    <ClubPage key={customerId} till={till} client={client} customerId={customerId} />
  );
}

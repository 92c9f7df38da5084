import type { StaffCustomer } from '../../../shared/staff-api.ts';
import type { Texts } from '../../../shared/texts.ts';
import type { TillCart } from '../till.ts';

interface LockedProductsProps {
  texts: Texts;
  cart: TillCart;
  customer: StaffCustomer;
}

/** Says which goods of the cart are for others only. The till still sells them if staff go on. */
export function LockedProducts({ texts, cart, customer }: LockedProductsProps) {
  const locked = new Set(customer.lockedProducts);
  const titles = cart.lineItems
    .filter(({ productId }) => productId !== undefined && locked.has(String(productId)))
    .map(({ title }) => title ?? texts.translate('locked.untitled'));
  if (titles.length === 0) return null;
  return (
    <s-banner
      tone="warning"
      heading={texts.translate('locked.title', { products: [...new Set(titles)].join(', ') })}
    />
  );
}

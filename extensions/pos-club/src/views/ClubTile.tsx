import { useEffect, useState } from 'preact/hooks';
import type { StaffClient } from '../../../shared/staff-client.ts';
import { createTexts } from '../../../shared/texts.ts';
import { findApplied } from '../applied.ts';
import { keepBalance } from '../balances.ts';
import { takeOffCart } from '../spend.ts';
import type { Till } from '../till.ts';
import { useFollowed, useIsOffline } from '../use-followed.ts';

interface ClubTileProps {
  till: Till;
  client: StaffClient;
  onOpen: () => void;
}

/**
 * The tile of the home screen: the points of the cart's customer, or the way to find one. It is off, with the reason, without
 * a connection and for a user who may not use the app.
 */
export function ClubTile({ till, client, onOpen }: ClubTileProps) {
  const { i18n } = till;
  const cart = useFollowed(till.cart.current);
  const isOffline = useIsOffline(till);
  const mayUse = useMayUse(till, isOffline);
  const [points, setPoints] = useState<string | null>(null);
  const customerId = cart.customer?.id;
  useEffect(() => {
    setPoints(null);
    if (customerId === undefined || isOffline || !mayUse) return;
    void client.customer(String(customerId), null).then((reply) => {
      const wallet = reply.ok ? reply.body.club.wallets[0] : undefined;
      if (!reply.ok || !wallet) return;
      setPoints(createTexts(till.i18n, reply.body.club).units(BigInt(wallet.available), wallet.unit));
      void keepBalance(till, reply.body);
    });
  }, [client, till, customerId, isOffline, mayUse, cart.cartDiscounts.length]);
  useEffect(() => {
    void takeOffOfAnother(till).catch(() => undefined);
  }, [till, customerId]);
  const empty = customerId === undefined ? i18n.translate('tile.find') : i18n.translate('tile.open');
  const reason = isOffline ? 'tile.offline' : mayUse ? null : 'tile.noPermission';
  return (
    <s-tile
      heading={i18n.translate('tile.title')}
      subheading={reason === null ? (points ?? empty) : i18n.translate(reason)}
      disabled={reason !== null}
      onClick={onOpen}
    />
  );
}

/** Whether the user who is signed in to the till may use the app: asked again with each connection. */
function useMayUse({ session }: Till, isOffline: boolean): boolean {
  const [mayUse, setMayUse] = useState(true);
  useEffect(() => {
    if (isOffline) return;
    session.getSessionToken().then(
      (token) => setMayUse(token !== undefined),
      // It is not known: the modal asks again, and says what it is.
      () => setMayUse(true),
    );
  }, [session, isOffline]);
  return mayUse;
}

/** Points of one customer do not pay for another: their code leaves the cart, and the background gives them back. */
async function takeOffOfAnother(till: Till): Promise<void> {
  const applied = await findApplied(till.storage);
  const { customer } = till.cart.current.value;
  if (applied && customer && String(customer.id) !== applied.customerId)
    await takeOffCart(till, applied.code);
}

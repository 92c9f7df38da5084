import type { Api } from '@shopify/ui-extensions/customer-account.page.render';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { AccountView } from '../../shared/account-api.ts';
import { type AccountClient, createAccountClient } from '../../shared/account-client.ts';
import type { AppCause } from '../../shared/ask-app.ts';
import type { ClubView } from '../../shared/club-api.ts';

/** What the page knows. */
export type AccountState =
  | { step: 'loading' }
  | { step: 'unreachable'; cause: AppCause }
  | { step: 'ready'; club: ClubView; account: AccountView };

export interface Account {
  state: AccountState;
  client: AccountClient;
  /** Reads everything again; what is on the screen stays until it is there. */
  refresh: () => Promise<void>;
}

/** Reads the club and the account of the signed-in customer. `customerId` is empty while no one is signed in. */
export function useAccount(shopify: Api, origin: string, customerId: string): Account {
  const [state, setState] = useState<AccountState>({ step: 'loading' });
  const client = useMemo(
    () => createAccountClient({ origin, token: () => shopify.sessionToken.get() }),
    [shopify, origin],
  );
  const refresh = useCallback(async () => {
    const [club, account] = await Promise.all([client.club(), client.account()]);
    if (!club.ok) return setState({ step: 'unreachable', cause: club.cause });
    if (!account.ok) return setState({ step: 'unreachable', cause: account.cause });
    setState({ step: 'ready', club: club.body, account: account.body });
  }, [client]);
  useEffect(() => {
    if (customerId === '') return;
    setState({ step: 'loading' });
    void refresh();
  }, [customerId, refresh]);
  return { state, client, refresh };
}

const ADDRESS_QUERY = 'query { shop { primaryDomain { url } } }';

interface ShopAddress {
  shop: { primaryDomain: { url: string } };
}

/** Reads the address of the store without a slash at its end; null while it isn't known. */
export function useStoreAddress({ query }: Pick<Api, 'query'>): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    void query<ShopAddress>(ADDRESS_QUERY)
      .then(({ data }) => setAddress(data?.shop.primaryDomain.url.replace(/\/+$/, '') ?? null))
      // Without it the code is there to copy.
      .catch(() => setAddress(null));
  }, [query]);
  return address;
}

import { useLocation, useNavigate, useNavigation } from '@remix-run/react';

/** Where in a list one is; another choice begins it again. */
const POSITIONS = ['before', 'after'];
/** What Shopify adds when it opens the app; a token in an address would be an old one at the next use. */
const LAUNCH = ['embedded', 'hmac', 'host', 'id_token', 'locale', 'session', 'shop', 'timestamp'];

/**
 * The parameters of this screen's address with what was just chosen, which may still be on its way. A choice that
 * was made from what has arrived would take the one before it back.
 */
export function useComingSearch(): URLSearchParams {
  const here = useLocation();
  const { location: coming } = useNavigation();
  const search = new URLSearchParams((coming?.pathname === here.pathname ? coming : here).search);
  for (const name of [...POSITIONS, ...LAUNCH]) search.delete(name);
  return search;
}

interface How {
  /** Without an entry in the browser's history. */
  replace?: boolean;
  preventScrollReset?: boolean;
}

/**
 * Changes parameters of this screen's address and keeps the others; null or an empty text removes one. The list
 * begins again.
 */
export function useSearchChange() {
  const navigate = useNavigate();
  const search = useComingSearch();
  return (change: Readonly<Record<string, string | null>>, how?: How): void => {
    for (const [name, value] of Object.entries(change)) {
      if (value === null || value === '') search.delete(name);
      else search.set(name, value);
    }
    // Colons need no code there, and an address is read by people, too.
    navigate({ search: search.toString().replaceAll('%3A', ':') }, how);
  };
}

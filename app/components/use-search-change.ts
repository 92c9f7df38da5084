import { useLocation, useNavigate, useNavigation } from '@remix-run/react';
import { useEffect, useRef } from 'react';

/** Where in a list one is; another choice begins it again. */
const POSITIONS = ['before', 'after'];
/** What Shopify adds when it opens the app; a token in an address would be an old one at the next use. */
const LAUNCH = ['embedded', 'hmac', 'host', 'id_token', 'locale', 'session', 'shop', 'timestamp'];

interface How {
  /** Without an entry in the browser's history. */
  replace?: boolean;
  preventScrollReset?: boolean;
}

/** What was chosen at an address and hasn't arrived: known before React has drawn that it is on its way. */
let chosen: { at: string; search: string } | null = null;

/**
 * The parameters of this screen's address with what was just chosen, which may still be on its way. A choice that
 * was made from what has arrived would take the one before it back.
 */
export function useComingSearch() {
  const here = useLocation();
  const { location: coming, state } = useNavigation();
  const navigate = useNavigate();
  const drawn = coming?.pathname === here.pathname ? coming.search : here.search;
  const before = useRef({ state, key: here.key });
  useEffect(() => {
    // It has arrived, or won't any longer. A part of the screen that opens meanwhile knows nothing of that.
    const isOver = before.current.key !== here.key || before.current.state !== 'idle';
    before.current = { state, key: here.key };
    if (state === 'idle' && isOver) chosen = null;
  }, [state, here.key]);
  return {
    /** To be shown. */
    search: listSearch(drawn),
    /** To be changed: as it is when a choice is made. */
    current: (): URLSearchParams => listSearch(chosen?.at === here.key ? chosen.search : drawn),
    /** Goes to this screen with other parameters, which the next choice changes. */
    go: (address: { search: string }, how?: How): void => {
      chosen = { at: here.key, search: address.search };
      navigate(address, how);
    },
  };
}

/** A list from its beginning. */
function listSearch(text: string): URLSearchParams {
  const search = new URLSearchParams(text);
  for (const name of [...POSITIONS, ...LAUNCH]) search.delete(name);
  return search;
}

/**
 * Changes parameters of this screen's address and keeps the others; null or an empty text removes one. The list
 * begins again.
 */
export function useSearchChange() {
  const { current, go } = useComingSearch();
  return (change: Readonly<Record<string, string | null>>, how?: How): void => {
    const search = current();
    for (const [name, value] of Object.entries(change)) {
      if (value === null || value === '') search.delete(name);
      else search.set(name, value);
    }
    // Colons need no code there, and an address is read by people, too.
    go({ search: search.toString().replaceAll('%3A', ':') }, how);
  };
}

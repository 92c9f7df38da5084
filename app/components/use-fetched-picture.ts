import { useEffect, useState } from 'react';

/**
 * An address that an `img` can show: the picture is fetched with the session token that App Bridge adds, which a plain
 * address would lack. Null while it is on its way, `failed` when it is not to be had.
 */
export function useFetchedPicture(address: string): { url: string | null; failed: boolean } {
  const [shown, setShown] = useState<{ url: string | null; failed: boolean }>({ url: null, failed: false });
  useEffect(() => {
    const leaving = new AbortController();
    let url: string | null = null;
    setShown({ url: null, failed: false });
    void (async () => {
      try {
        const answer = await fetch(address, { signal: leaving.signal });
        if (!answer.ok) throw new Error('no picture');
        url = URL.createObjectURL(await answer.blob());
        if (leaving.signal.aborted) URL.revokeObjectURL(url);
        else setShown({ url, failed: false });
      } catch {
        if (!leaving.signal.aborted) setShown({ url: null, failed: true });
      }
    })();
    return () => {
      leaving.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [address]);
  return shown;
}

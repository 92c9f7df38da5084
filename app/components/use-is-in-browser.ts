import { useEffect, useState } from 'react';

/** False on the server and in the first rendering, true from then on: for what cannot be drawn without a browser. */
export function useIsInBrowser(): boolean {
  const [isInBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  return isInBrowser;
}

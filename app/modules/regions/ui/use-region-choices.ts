import { useEffect, useState } from 'react';
import { readJson } from '#app/components/read-json.ts';
import type { CountryChoices, RegionChoice, RegionChoices } from '../region-choices.ts';
import type { RegionLevel } from '../rules/regions.ts';

const PATH = '/app/regions';
const SEARCH_DELAY_MS = 200;

export interface RegionChoicesAsked {
  country: string;
  level: RegionLevel;
  /** The code of the region around, '' for none. */
  parent: string;
  query: string;
}

export interface RegionChoicesState {
  /** `failed`: the connection did not answer; typing tries again. */
  state: 'loading' | 'ready' | 'failed';
  items: readonly RegionChoice[];
  isCut: boolean;
  /** Whether the country has a list of this level at all; until it is known, it has. */
  hasList: boolean;
}

/** The choices at one level of a country for a query. Responses to an outdated query are dropped. */
export function useRegionChoices({ country, level, parent, query }: RegionChoicesAsked): RegionChoicesState {
  const [known, setKnown] = useState<RegionChoicesState>({
    state: 'loading',
    items: [],
    isCut: false,
    hasList: true,
  });
  useEffect(() => {
    if (country === '') return undefined;
    const controller = new AbortController();
    setKnown((before) => ({ ...before, state: 'loading' }));
    const read = async (): Promise<void> => {
      const search = new URLSearchParams({ country, level, parent, q: query });
      const answer = await readJson<RegionChoices>(`${PATH}?${search.toString()}`, controller.signal);
      if (controller.signal.aborted) return;
      if (!answer.ok) return setKnown((before) => ({ ...before, state: 'failed' }));
      const { items, isCut, levels } = answer;
      setKnown({ state: 'ready', items, isCut, hasList: levels.includes(level) });
    };
    const timer = setTimeout(() => void read(), query === '' ? 0 : SEARCH_DELAY_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [country, level, parent, query]);
  return known;
}

/** The countries' codes, once; none until they are there. */
export function useCountryCodes(): readonly string[] {
  const [codes, setCodes] = useState<readonly string[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    void readJson<CountryChoices>(`${PATH}?level=country`, controller.signal).then((answer) => {
      if (answer.ok) setCodes(answer.countries);
    });
    return () => controller.abort();
  }, []);
  return codes;
}

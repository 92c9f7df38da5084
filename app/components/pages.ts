import { useNavigate } from '@remix-run/react';

/** Addresses of the pages of a list beside the one that is shown; null where there is none. */
export interface Pages {
  previous: string | null;
  next: string | null;
}

/** The pages of a list that is read newest first: back to the newest, on to older ones by `before`. */
export function newestAndOlder(
  address: string,
  { isFirstPage, olderThan }: { isFirstPage: boolean; olderThan: bigint | string | null },
): Pages {
  return {
    previous: isFirstPage ? null : address,
    next: olderThan === null ? null : `${address}${address.includes('?') ? '&' : '?'}before=${olderThan}`,
  };
}

/** What Polaris' paging asks for. */
export function usePaging({ previous, next }: Pages) {
  const navigate = useNavigate();
  return {
    hasPrevious: previous !== null,
    onPrevious: () => previous !== null && navigate(previous),
    hasNext: next !== null,
    onNext: () => next !== null && navigate(next),
  };
}

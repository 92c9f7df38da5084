import { Outlet } from '@remix-run/react';

/** Remix wants a root; no request of the bench renders it. */
export default function Root() {
  return <Outlet />;
}

import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { isRouteErrorResponse, Outlet, useLoaderData, useRouteError } from '@remix-run/react';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import adminStyles from '#app/styles/admin.css?url';
import phoneStyles from '#app/styles/phone.css?url';
import { boundary } from '@shopify/shopify-app-remix/server';
import { AdminFrame } from '#app/components/admin-frame.tsx';
import { ErrorScreen } from '#app/components/error-screen.tsx';
import { revalidateUnlessRefused } from '#app/components/save-or-keep.ts';
import { ShopProvider } from '#app/components/shop-context.tsx';
import { UnsavedProvider } from '#app/components/leave-guard.tsx';
import { TrialBanner } from '#app/components/trial-banner.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readClubMode } from '#app/modules/shops/launch.server.ts';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: polarisStyles },
  { rel: 'stylesheet', href: adminStyles },
  { rel: 'stylesheet', href: phoneStyles },
];

export const headers: HeadersFunction = (args) => boundary.headers(args);

export const shouldRevalidate = revalidateUnlessRefused;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId, domain, name, currency, timeZone } = await authenticateAdmin(request);
  const { trialMode, isDraft } = await readClubMode(shopId);
  return { shop: { domain, name: name ?? domain, currency, timeZone, trialMode, isDraft } };
}

export default function AdminLayout() {
  const { shop } = useLoaderData<typeof loader>();
  return (
    <AdminFrame>
      <ShopProvider shop={shop}>
        <UnsavedProvider>
          <TrialBanner />
          <Outlet />
        </UnsavedProvider>
      </ShopProvider>
    </AdminFrame>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  // Pages that Shopify's library answers with (leave the frame, get a token) must reach the browser as they are.
  const isLibraryPage = isRouteErrorResponse(error) && error.status < 400;
  if (isLibraryPage) return boundary.error(error);
  return (
    <AdminFrame>
      <ErrorScreen error={error} />
    </AdminFrame>
  );
}

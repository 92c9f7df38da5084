import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { env } from './env.server.ts';
import { i18nFor } from './i18n/i18n.ts';
import { localeOfRequest } from './i18n/locales.ts';

/** The page's language, and App Bridge for pages inside Shopify's admin. */
export function loader({ request }: LoaderFunctionArgs) {
  const isEmbedded = new URL(request.url).pathname.startsWith('/app');
  return {
    locale: localeOfRequest(request),
    appBridge: isEmbedded ? { url: env.APP_BRIDGE_URL, apiKey: env.SHOPIFY_API_KEY } : null,
    // Shopify's own font; a sandbox without a network shows the system's instead of waiting for it.
    fontUrl:
      env.SHOPIFY_SANDBOX_ORIGIN === undefined
        ? 'https://cdn.shopify.com/static/fonts/inter/v4/styles.css'
        : null,
  };
}

export const meta: MetaFunction = () => [{ title: 'Setia' }];

/** The document's language: links inside the app don't carry `?locale=`. */
export const shouldRevalidate = () => false;

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>('root');
  const locale = data?.locale ?? 'en';
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        {/* App Bridge must be the first script of the document. */}
        {data?.appBridge && <meta name="shopify-api-key" content={data.appBridge.apiKey} />}
        {data?.appBridge && <script src={data.appBridge.url} data-api-key={data.appBridge.apiKey} />}
        {data?.fontUrl && <link rel="stylesheet" href={data.fontUrl} />}
        <Meta />
        <Links />
      </head>
      <body>
        <I18nextProvider i18n={i18nFor(locale)}>{children}</I18nextProvider>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

/** Errors outside the admin, where Polaris is not loaded. */
export function ErrorBoundary() {
  const error = useRouteError();
  const { t } = useTranslation();
  const isMissing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <main
      style={{
        maxWidth: '38rem',
        margin: '15vh auto',
        padding: '0 1.5rem',
        font: '1rem/1.6 system-ui, sans-serif',
      }}
    >
      <h1>{isMissing ? t('errors.page.missing_title') : t('errors.page.failed_title')}</h1>
      <p>{isMissing ? t('errors.page.missing_text') : t('errors.page.failed_text')}</p>
    </main>
  );
}

export default function App() {
  return <Outlet />;
}

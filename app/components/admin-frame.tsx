import { Link, useNavigate, useNavigation } from '@remix-run/react';
import { NavMenu, useAppBridge } from '@shopify/app-bridge-react';
import { AppProvider } from '@shopify/polaris';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { polarisTexts } from '#app/i18n/polaris.ts';
import { PolarisLink } from './polaris-link.tsx';

/**
 * What surrounds every screen: Polaris in the user's language, the app's menu in Shopify's sidebar, the loading bar.
 * App Bridge itself stands in the document's head (root.tsx), where Shopify wants it; so Polaris' own provider is used
 * and not the one of Shopify's Remix library, which would add the script a second time.
 */
export function AdminFrame({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  useMenuNavigation();
  useLoadingBar();
  return (
    <AppProvider i18n={polarisTexts(i18n.language)} linkComponent={PolarisLink}>
      <NavMenu>
        <Link to="/app" rel="home">
          {t('nav.home')}
        </Link>
        <Link to="/app/customers">{t('nav.customers')}</Link>
        <Link to="/app/tags">{t('nav.tags')}</Link>
        <Link to="/app/orders">{t('nav.orders')}</Link>
        <Link to="/app/programs">{t('nav.programs')}</Link>
        <Link to="/app/products">{t('nav.products')}</Link>
        <Link to="/app/offers">{t('nav.offers')}</Link>
        <Link to="/app/gifts">{t('nav.gifts')}</Link>
        <Link to="/app/membership">{t('nav.membership')}</Link>
        <Link to="/app/claims">{t('nav.claims')}</Link>
        <Link to="/app/ledger">{t('nav.ledger')}</Link>
        <Link to="/app/reports">{t('nav.reports')}</Link>
        <Link to="/app/settings">{t('nav.settings')}</Link>
        <Link to="/app/events">{t('nav.events')}</Link>
      </NavMenu>
      {children}
    </AppProvider>
  );
}

/** App Bridge tells of a click in Shopify's sidebar by an event; following it here saves loading the page anew. */
function useMenuNavigation(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const follow = ({ target }: Event) => {
      const href = target instanceof Element ? target.getAttribute('href') : null;
      if (href) navigate(href);
    };
    addEventListener('shopify:navigate', follow);
    return () => removeEventListener('shopify:navigate', follow);
  }, [navigate]);
}

/** Shopify's loading bar runs while a page or its data is on the way. */
function useLoadingBar(): void {
  const shopify = useAppBridge();
  const isBusy = useNavigation().state !== 'idle';
  useEffect(() => {
    shopify.loading(isBusy);
  }, [shopify, isBusy]);
}

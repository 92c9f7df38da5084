import { Link, useNavigate, useNavigation } from '@remix-run/react';
import { NavMenu, useAppBridge } from '@shopify/app-bridge-react';
import { AppProvider } from '@shopify/polaris';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { polarisTexts } from '#app/i18n/polaris.ts';
import { useFocusTrail } from './focus-trail.ts';
import { NAVIGATION, startOf } from './navigation.ts';
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
  useFocusTrail();
  return (
    <AppProvider i18n={polarisTexts(i18n.language)} linkComponent={PolarisLink}>
      <NavMenu>
        {NAVIGATION.map(({ key, address }) => (
          <Link key={key} to={address} {...(key === 'home' ? { rel: 'home' } : {})}>
            {t(`nav.${key}`)}
          </Link>
        ))}
      </NavMenu>
      <main tabIndex={-1}>{children}</main>
    </AppProvider>
  );
}

/** App Bridge reports a click in Shopify's sidebar by an event; following it here saves loading the page again. */
function useMenuNavigation(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const follow = ({ target }: Event) => {
      const href = target instanceof Element ? target.getAttribute('href') : null;
      if (href) navigate(startOf(href));
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

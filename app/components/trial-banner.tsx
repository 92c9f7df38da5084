import { useLocation } from '@remix-run/react';
import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from './shop-context.tsx';

/** Stands on every screen while the club's rules act for test customers only; of a draft not on Home, which says so. */
export function TrialBanner() {
  const { t } = useTranslation();
  const { trialMode, isDraft } = useShop();
  const isHome = useLocation().pathname.replace(/\/$/, '') === '/app';
  if (!trialMode || (isDraft && isHome)) return null;
  const action = isDraft
    ? { content: t('home.launch.to_launch'), url: '/app' }
    : { content: t('settings.trial.banner_action'), url: '/app/settings/trial' };
  return (
    <div className="above-screen">
      <Banner tone="warning" action={action}>
        {isDraft ? t('settings.trial.draft_banner') : t('settings.trial.banner')}
      </Banner>
    </div>
  );
}

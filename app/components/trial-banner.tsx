import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from './shop-context.tsx';

/** Stands on every screen while the club's rules act for test customers only. */
export function TrialBanner() {
  const { t } = useTranslation();
  const { trialMode } = useShop();
  if (!trialMode) return null;
  return (
    <div className="above-screen">
      <Banner tone="warning" action={{ content: t('settings.trial.banner_action'), url: '/app/settings' }}>
        {t('settings.trial.banner')}
      </Banner>
    </div>
  );
}

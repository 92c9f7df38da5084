import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { useTranslation } from 'react-i18next';

/** Shopify opens the app's address with the shop in it: then this is the way in. */
export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  if (searchParams.has('shop')) throw redirect(`/app?${searchParams.toString()}`);
  return null;
}

/** What a person sees who opens the address in a browser. */
export default function Landing() {
  const { t } = useTranslation();
  return (
    <main
      style={{
        maxWidth: '38rem',
        margin: '15vh auto',
        padding: '0 1.5rem',
        font: '1rem/1.6 system-ui, sans-serif',
      }}
    >
      <h1>Setia</h1>
      <p>{t('landing.what')}</p>
      <p>{t('landing.how')}</p>
    </main>
  );
}

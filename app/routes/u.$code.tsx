import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import styles from '#app/styles/stop-page.css?url';
import { readStopPage, stopByLink } from '#app/modules/messaging/consent/stop-by-link.server.ts';

export const links = () => [{ rel: 'stylesheet', href: styles }];

/** Public: for the person with the link in their message. */
export async function loader({ params }: LoaderFunctionArgs) {
  const page = await readStopPage(params.code ?? '');
  if (!page) throw new Response(null, { status: 404 });
  return page;
}

export async function action({ params }: ActionFunctionArgs) {
  if (!(await stopByLink(params.code ?? ''))) throw new Response(null, { status: 404 });
  return null;
}

export default function StopPage() {
  const { shop, lastDigits, isStopped } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <main className="stop-page">
      <h1>{shop}</h1>
      {isStopped ? (
        <p>{t('stop_page.stopped', { shop })}</p>
      ) : (
        <Form method="post">
          <p>{t('stop_page.text', { shop, digits: lastDigits })}</p>
          <button type="submit">{t('stop_page.stop')}</button>
        </Form>
      )}
    </main>
  );
}

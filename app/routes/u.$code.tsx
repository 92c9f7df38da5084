import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import styles from '#app/styles/stop-page.css?url';
import { readRequestBody, refusedBodyStatus } from '#app/lib/read-body.server.ts';
import { readStopPage, startByLink, stopByLink } from '#app/modules/messaging/consent/stop-by-link.server.ts';

const LIMITS = { bytes: 1_024, ms: 5_000 };

export const links = () => [{ rel: 'stylesheet', href: styles }];

/** Public: for the person with the link in their message. */
export async function loader({ params }: LoaderFunctionArgs) {
  const page = await readStopPage(params.code ?? '');
  if (!page) throw new Response(null, { status: 404 });
  return page;
}

export async function action({ params, request }: ActionFunctionArgs) {
  const read = await readRequestBody(request, LIMITS);
  if (read.state !== 'read') throw new Response(null, { status: refusedBodyStatus(read) });
  const wish = new URLSearchParams(read.body.toString('utf8')).get('intent');
  const say = wish === 'start' ? startByLink : stopByLink;
  if (!(await say(params.code ?? ''))) throw new Response(null, { status: 404 });
  return null;
}

export default function StopPage() {
  const { shop, lastDigits, isStopped, canStart } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <main className="stop-page">
      <h1>{shop}</h1>
      {isStopped ? (
        <Form method="post">
          <p role="status">{t('stop_page.stopped', { shop })}</p>
          {canStart ? (
            <button type="submit" name="intent" value="start">
              {t('stop_page.start')}
            </button>
          ) : (
            <p>{t('stop_page.by_start')}</p>
          )}
        </Form>
      ) : (
        <Form method="post">
          <p>{t('stop_page.text', { shop, digits: lastDigits })}</p>
          <button type="submit">{t('stop_page.stop')}</button>
        </Form>
      )}
    </main>
  );
}

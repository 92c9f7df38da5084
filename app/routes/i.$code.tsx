import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { Form, useLoaderData, useSubmit } from '@remix-run/react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '#app/styles/stop-page.css?url';
import { openInvitation, readInvitation } from '#app/modules/resellers/invitations/open-invitation.server.ts';

export const links = () => [{ rel: 'stylesheet', href: styles }];

/** Public: for the person with the link in their e-mail. */
export async function loader({ params }: LoaderFunctionArgs) {
  const page = await readInvitation(params.code ?? '');
  if (!page) throw new Response(null, { status: 404 });
  return page;
}

export async function action({ params }: ActionFunctionArgs) {
  const address = await openInvitation(params.code ?? '');
  if (address === null) throw new Response(null, { status: 404 });
  return redirect(address);
}

/** Goes on by itself in a browser; what only fetches links sees a page with a button and counts as no one. */
export default function InvitationPage() {
  const { shop } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const submit = useSubmit();
  useEffect(() => submit(null, { method: 'post' }), [submit]);
  return (
    <main className="stop-page">
      <h1>{shop}</h1>
      <Form method="post">
        <p>{t('invitations.page_text', { shop })}</p>
        <button type="submit">{t('invitations.page_go')}</button>
      </Form>
    </main>
  );
}

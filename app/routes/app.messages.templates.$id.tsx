import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessLeft, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { actOnTemplate, readTemplate } from '#app/modules/messaging/templates/template-screen.server.ts';
import { TemplateForm } from '#app/modules/messaging/templates/ui/template-form.tsx';
import { readStaff } from '#app/modules/shops/staff.server.ts';

const NEW = 'new';

const idOf = (text: string | undefined) => (text === NEW ? null : (readIdParam(text) ?? 0n));

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const view = await readTemplate(shopId, idOf(params.id));
  if (!view) throw new Response(null, { status: 404 });
  return view;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = await actOnTemplate(shop.shopId, idOf(params.id), values, actor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessLeft;

export default function Template() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={view.templateId === null ? t('templates.new') : view.values.name}
      backAction={{ content: t('templates.title'), url: '/app/messages/templates' }}
      narrowWidth
    >
      <TemplateForm view={view} key={String(view.templateId)} />
    </Screen>
  );
}

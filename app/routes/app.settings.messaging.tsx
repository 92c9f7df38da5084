import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { actOnChannel, readChannelScreen } from '#app/modules/messaging/channels/channel-screen.server.ts';
import { AccountForm } from '#app/modules/messaging/channels/ui/account-form.tsx';
import { ServiceCard } from '#app/modules/messaging/channels/ui/service-card.tsx';
import { WordingCard } from '#app/modules/messaging/consent/ui/wording-card.tsx';
import { readSmsWording, saveSmsWording } from '#app/modules/messaging/consent/wording.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const [view, wording] = await Promise.all([readChannelScreen(shopId), readSmsWording(shopId)]);
  return { ...view, wording };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const answer =
    values['intent'] === 'wording'
      ? await saveSmsWording(shop.shopId, values, await readActor())
      : await actOnChannel(shop, values, readActor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function MessagingSettings() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('messaging.title')} subtitle={t('messaging.what')}>
      <div className="stack">
        {view.channel && <ServiceCard channel={view.channel} />}
        <AccountForm view={view} />
        <WordingCard wording={view.wording} />
      </div>
    </Screen>
  );
}

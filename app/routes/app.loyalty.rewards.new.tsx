import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import {
  createFromForm,
  readNewRewardScreen,
} from '#app/modules/redemptions/rewards/reward-screens.server.ts';
import { RewardForm } from '#app/modules/redemptions/rewards/ui/reward-form.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

const programIdOf = (request: Request) => readIdParam(readSearchParams(request).get('program'));

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const programId = programIdOf(request);
  const view = programId === null ? null : await readNewRewardScreen(shopId, programId);
  if (!view) throw data(null, { status: 404 });
  return { view };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const programId = programIdOf(request);
  const { values, locale } = await readDraft(request);
  const answer = programId === null ? null : await createFromForm(shop, programId, values, locale);
  if (!answer) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function NewRewardScreen() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { programId, name } = view.program;
  return (
    <Screen
      title={t('rewards.new')}
      subtitle={t('rewards.of_program', { program: name })}
      backAction={{ content: t('rewards.title'), url: `/app/loyalty/rewards?program=${programId}` }}
    >
      <RewardForm view={view} />
    </Screen>
  );
}

import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { readRewardList } from '#app/modules/rewards/reward-screens.server.ts';
import { RewardList } from '#app/modules/rewards/ui/reward-list.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const programId = readIdParam(params.programId);
  const view = programId === null ? null : await readRewardList(shopId, programId);
  if (!view) throw data(null, { status: 404 });
  return { view };
}

export default function RewardsScreen() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { programId, name } = view.program;
  return (
    <Screen
      title={t('rewards.title')}
      subtitle={t('rewards.of_program', { program: name })}
      backAction={{ content: name, url: `/app/programs/${programId}` }}
      primaryAction={{ content: t('rewards.create'), url: `/app/rewards/new?program=${programId}` }}
    >
      <RewardList view={view} />
    </Screen>
  );
}

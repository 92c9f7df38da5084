import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Button, Card } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readAllRewards } from '#app/modules/redemptions/rewards/read-all-rewards.server.ts';
import { readRewardList } from '#app/modules/redemptions/rewards/reward-screens.server.ts';
import { AllRewards, CreateReward, REWARD_STATES } from '#app/modules/redemptions/rewards/ui/all-rewards.tsx';
import { createRewardAddress, RewardList } from '#app/modules/redemptions/rewards/ui/reward-list.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** The rewards of all programs, or of the one that `?program=` names. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const search = readSearchParams(request);
  const asked = search.get('program');
  const state = REWARD_STATES.find((each) => each === search.get('state')) ?? null;
  if (asked === null) return { program: null, lists: await readAllRewards(shopId), state };
  const programId = readIdParam(asked);
  const list = programId === null ? null : await readRewardList(shopId, programId);
  if (!list) throw data(null, { status: 404 });
  return { program: list.program, lists: [list], state };
}

export default function RewardsScreen() {
  const { program, lists, state } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  if (program !== null) {
    const { programId, name } = program;
    return (
      <Screen
        title={t('rewards.title')}
        subtitle={t('rewards.of_program', { program: name })}
        backAction={{ content: name, url: `/app/loyalty/programs/${programId}` }}
        primaryAction={{ content: t('rewards.create'), url: createRewardAddress(programId) }}
      >
        {lists.map((list) => (
          <RewardList key={String(programId)} view={list} />
        ))}
      </Screen>
    );
  }
  return (
    <Screen
      title={t('rewards.title')}
      subtitle={t('rewards.what')}
      primaryAction={
        lists.some(({ rewards }) => rewards.length > 0) ? <CreateReward lists={lists} /> : undefined
      }
    >
      {lists.length === 0 ? <NoPrograms /> : <AllRewards lists={lists} state={state} />}
    </Screen>
  );
}

function NoPrograms() {
  const { t } = useTranslation();
  return (
    <Card>
      <EmptyNote title={t('rewards.no_programs_title')} text={t('rewards.no_programs_text')}>
        <Button variant="primary" url="/app/loyalty/programs">
          {t('rewards.no_programs_open')}
        </Button>
      </EmptyNote>
    </Card>
  );
}

import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Button, Card, InlineStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readAllRewards } from '#app/modules/redemptions/rewards/read-all-rewards.server.ts';
import {
  readRewardList,
  type RewardListView,
} from '#app/modules/redemptions/rewards/reward-screens.server.ts';
import { RewardList } from '#app/modules/redemptions/rewards/ui/reward-list.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** The rewards of all programs, or of the one that `?program=` names. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const asked = readSearchParams(request).get('program');
  if (asked === null) return { program: null, lists: await readAllRewards(shopId) };
  const programId = readIdParam(asked);
  const list = programId === null ? null : await readRewardList(shopId, programId);
  if (!list) throw data(null, { status: 404 });
  return { program: list.program, lists: [list] };
}

export default function RewardsScreen() {
  const { program, lists } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  if (program !== null) {
    const { programId, name } = program;
    return (
      <Screen
        title={t('rewards.title')}
        subtitle={t('rewards.of_program', { program: name })}
        backAction={{ content: name, url: `/app/loyalty/programs/${programId}` }}
        primaryAction={{ content: t('rewards.create'), url: createAddress(programId) }}
      >
        {lists.map((list) => (
          <RewardList key={String(programId)} view={list} />
        ))}
      </Screen>
    );
  }
  return (
    <Screen title={t('rewards.title')} subtitle={t('rewards.what')}>
      <div className="stack">
        {lists.map((list) => (
          <ProgramRewards key={String(list.program.programId)} list={list} />
        ))}
        {lists.length === 0 && <NoPrograms />}
      </div>
    </Screen>
  );
}

const createAddress = (programId: bigint): string => `/app/loyalty/rewards/new?program=${programId}`;

function ProgramRewards({ list }: { list: RewardListView }) {
  const { t } = useTranslation();
  const { program, rewards } = list;
  return (
    <section className="stack" aria-label={program.name}>
      <div className="phone-inset">
        <InlineStack gap="400" align="space-between" blockAlign="center" wrap={false}>
          <CardTitle>{program.name}</CardTitle>
          {rewards.length > 0 && (
            <Button variant="plain" url={createAddress(program.programId)}>
              {t('rewards.create')}
            </Button>
          )}
        </InlineStack>
      </div>
      <RewardList view={list} />
    </section>
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

import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, type ShouldRevalidateFunction } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readRewardScreen, saveForm } from '#app/modules/redemptions/rewards/reward-screens.server.ts';
import { useRewardActions } from '#app/modules/redemptions/rewards/ui/reward-actions.tsx';
import { RewardForm } from '#app/modules/redemptions/rewards/ui/reward-form.tsx';
import { RewardBadge } from '#app/modules/redemptions/rewards/ui/reward-labels.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const rewardId = readIdParam(params.id);
  const view = rewardId === null ? null : await readRewardScreen(shopId, rewardId);
  if (!view?.reward) throw data(null, { status: 404 });
  return { view: { ...view, reward: view.reward } };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const rewardId = readIdParam(params.id);
  const { values, locale } = await readDraft(request);
  const answer = rewardId === null ? null : await saveForm(shop, rewardId, values, locale);
  if (!answer) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

/** A removed reward is not read again: the page goes on to the list instead of to "not found". */
export const shouldRevalidate: ShouldRevalidateFunction = (args) =>
  isRemoval(args.actionResult) ? false : revalidateUnlessRefused(args);

function isRemoval(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'goTo' in result && result.goTo !== undefined;
}

export default function RewardScreen() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { reward, program } = view;
  const { actions, dialog } = useRewardActions(reward);
  return (
    <Screen
      title={reward.name}
      subtitle={t('rewards.of_program', { program: program.name })}
      titleMetadata={<RewardBadge status={reward.status} />}
      backAction={{ content: t('rewards.title'), url: `/app/loyalty/rewards?program=${program.programId}` }}
      secondaryActions={actions}
    >
      <RewardForm key={String(reward.rewardId)} view={view} />
      {dialog}
    </Screen>
  );
}

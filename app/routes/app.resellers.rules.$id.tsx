import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessLeft, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { actOnMoveRule, readMoveRule } from '#app/modules/pricing/moves/rule-screens.server.ts';
import { RuleForm } from '#app/modules/pricing/moves/ui/rule-form.tsx';
import { useRuleActions } from '#app/modules/pricing/moves/ui/use-rule-actions.tsx';
import { useRuleWords } from '#app/modules/pricing/moves/ui/use-rule-words.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** "new" is the form of a new rule. */
function readRuleId(id: string | undefined): bigint | null {
  const ruleId = id === 'new' ? null : readIdParam(id);
  if (id !== 'new' && ruleId === null) throw data(null, { status: 404 });
  return ruleId;
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const isTried = readSearchParams(request).has('try');
  const view = await readMoveRule(shopId, readRuleId(params.id), isTried);
  if (!view) throw data(null, { status: 404 });
  return view;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await actOnMoveRule(shop, readRuleId(params.id), values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessLeft;

export default function MoveRulePage() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const words = useRuleWords();
  const { rule } = view;
  const { toggle, others, dialog } = useRuleActions(rule);
  return (
    <Screen
      title={rule === null ? t('pricing.moves.new') : words.way(rule.from, rule.to)}
      backAction={{ content: t('pricing.moves.title'), url: '/app/resellers/rules' }}
      {...(toggle ? { primaryAction: toggle } : {})}
      secondaryActions={others}
    >
      <RuleForm key={String(rule?.ruleId)} view={view} />
      {dialog}
    </Screen>
  );
}

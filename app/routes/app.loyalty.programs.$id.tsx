import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import {
  actOnProgram,
  readProgramScreen,
  saveForm,
} from '#app/modules/earning/programs/program-screen.server.ts';
import { phaseOf } from '#app/modules/earning/rules/program-phase.ts';
import { useProgramActions } from '#app/modules/earning/programs/ui/program-actions.tsx';
import { ProgramForm } from '#app/modules/earning/programs/ui/program-form.tsx';
import { PhaseBadge } from '#app/modules/earning/programs/ui/program-labels.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const programId = readIdParam(params.id);
  const view = programId === null ? null : await readProgramScreen(shopId, programId);
  if (!view) throw data(null, { status: 404 });
  return { view };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const programId = readIdParam(params.id);
  const { values, locale } = await readDraft(request);
  const { intent, meant } = values;
  const answer =
    programId === null
      ? null
      : typeof intent === 'string'
        ? await actOnProgram(shop.shopId, programId, { intent, meant }, locale)
        : await saveForm(shop, programId, values, locale);
  if (!answer) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function ProgramScreen() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { program } = view;
  const { actions, dialog } = useProgramActions(program);
  return (
    <Screen
      title={program.name}
      titleMetadata={<PhaseBadge phase={phaseOf(program, view.now)} />}
      backAction={{ content: t('programs.title'), url: '/app/loyalty/programs' }}
      secondaryActions={actions}
    >
      <ProgramForm key={String(program.programId)} kind={program.rule.kind} program={program} view={view} />
      {dialog}
    </Screen>
  );
}

import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, type ClientActionFunctionArgs } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import type { ClaimCursor } from '#app/modules/redemptions/claims/claims.queries.server.ts';
import { isClaimState } from '#app/modules/redemptions/rules/claim.ts';
import {
  actOnClaim,
  readClaimsScreen,
  type ClaimAnswer,
} from '#app/modules/redemptions/claims/claim-screens.server.ts';
import { ClaimList } from '#app/modules/redemptions/claims/ui/claim-list.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  const state = searchParams.get('state');
  const view = await readClaimsScreen(
    shopId,
    isClaimState(state) ? state : 'requested',
    readCursor(searchParams),
  );
  return { view };
}

function readCursor(params: URLSearchParams): ClaimCursor | null {
  const after = params.get('after');
  if (after !== null) return { side: 'after', position: after };
  const before = params.get('before');
  return before === null ? null : { side: 'before', position: before };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = await actOnClaim(shop.shopId, values, actor);
  if (!answer) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

/** A lost connection becomes an answer of the dialog: left to Remix it would replace the screen. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<ClaimAnswer> {
  try {
    return await serverAction<ClaimAnswer>();
  } catch {
    return { ok: false, reason: 'not_sent' };
  }
}

export default function ClaimsScreen() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('claims.title')} subtitle={t('claims.what')}>
      <ClaimList view={view} />
    </Screen>
  );
}

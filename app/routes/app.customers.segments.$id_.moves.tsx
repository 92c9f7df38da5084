import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { Screen } from '#app/components/screen.tsx';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { MOVES } from '#app/modules/segments/moves/moves-address.ts';
import { readMoves } from '#app/modules/segments/moves/moves-screen.server.ts';
import { MovesList } from '#app/modules/segments/ui/moves/moves-list.tsx';
import { SegmentFigures } from '#app/modules/segments/ui/saved/segment-figures.tsx';
import { SegmentTrouble } from '#app/modules/segments/ui/saved/segment-trouble.tsx';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const segmentId = readIdParam(params.id);
  const search = readSearchParams(request);
  const only = MOVES.find((move) => move === search.get('only')) ?? null;
  const before = readIdParam(search.get('before'));
  const view = segmentId === null ? null : await readMoves(shopId, segmentId, only, before);
  if (view === null) throw data(null, { status: 404 });
  return { view };
}

export default function MovesScreen() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { segment, days } = view;
  return (
    <Screen
      title={t('moves.title_page', { name: segment.name })}
      subtitle={t('moves.what_text', { count: days })}
      backAction={{ content: segment.name, url: `/app/customers/segments/${segment.segmentId}` }}
    >
      <div className="stack">
        <SegmentTrouble {...segment} />
        <SegmentFigures segment={segment} isAmongMoves />
        <MovesList view={view} />
      </div>
    </Screen>
  );
}

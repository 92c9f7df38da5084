import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { actOnCustomer } from '#app/modules/crm/profile/act-on-customer.server.ts';
import { readProfileTab } from '#app/modules/crm/profile/profile-tab.server.ts';
import { ProfileTab } from '#app/modules/crm/profile/ui/profile-tab.tsx';
import { readTimelineKind } from '#app/modules/crm/timeline/timeline-kinds.ts';
import { readTimeline } from '#app/modules/crm/timeline/timeline.queries.server.ts';
import { TimelineCard } from '#app/modules/crm/timeline/ui/timeline-card.tsx';
import { listAccesses } from '#app/modules/privacy/accesses.server.ts';
import { AccessLogCard } from '#app/modules/privacy/ui/access-log-card.tsx';
import { NationalId } from '#app/modules/privacy/ui/national-id.tsx';
import { CustomerTagsCard } from '#app/modules/tags/ui/customer-tags-card.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const search = readSearchParams(request);
  const kind = readTimelineKind(search.get('show'));
  const [view, accesses, timeline] = await Promise.all([
    readProfileTab(shop, customerId),
    listAccesses(shop.shopId, customerId),
    readTimeline(shop.shopId, customerId, kind, search.get('before')),
  ]);
  if (!view) throw data(null, { status: 404 });
  return { view, accesses, timeline, kind };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const { values } = await readDraft(request);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const answer = await actOnCustomer(shop, customerId, values, readActor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function CustomerProfile() {
  const { view, accesses, timeline, kind } = useLoaderData<typeof loader>();
  const { customerId } = view.customer;
  const masked = view.club.details.maskedNationalId;
  return (
    <ProfileTab
      view={view}
      nationalId={masked !== null && <NationalId customerId={customerId} masked={masked} />}
      tags={<CustomerTagsCard customerId={customerId} />}
      timeline={<TimelineCard customerId={customerId} page={timeline} kind={kind} />}
      accessLog={<AccessLogCard accesses={accesses} />}
    />
  );
}

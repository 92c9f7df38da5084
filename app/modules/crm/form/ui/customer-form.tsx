import { Layout } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftForm } from '#app/components/draft-form.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { valuesOf, type CustomerValues } from '../form-values.ts';
import type { FormView } from '../form-screen.server.ts';
import { AddressCard } from './address-card.tsx';
import { ClubCard } from './club-card.tsx';
import { ConsentCard } from './consent-card.tsx';
import { ContactCard } from './contact-card.tsx';
import { NoteCard } from './note-card.tsx';
import { PersonalCard } from './personal-card.tsx';
import { SocialCard } from './social-card.tsx';
import { WhoCard } from './who-card.tsx';

/** Everything that staff enter for a customer, new or known. */
export function CustomerForm({ view }: { view: FormView }) {
  const { t, i18n } = useTranslation();
  const [formKey] = useState(() => crypto.randomUUID());
  const record = startingRecord(view);
  const loaded = valuesOf(record, view.own, i18n.language);
  // The values it was loaded with are sent along, because only what differs from them is written.
  const draft = useDraft<CustomerValues>({ ...loaded, formKey, loaded: JSON.stringify(loaded) });
  const part = { draft, view };
  return (
    <DraftForm draft={draft} errorTitle={t('customer_form.not_saved')}>
      <Layout>
        <Layout.Section>
          <div className="stack">
            <WhoCard />
            <ContactCard {...part} />
            <AddressCard draft={draft} />
            <PersonalCard {...part} />
            <SocialCard />
          </div>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <div className="stack">
            <ClubCard {...part} />
            <ConsentCard {...part} />
            <NoteCard />
          </div>
        </Layout.Section>
      </Layout>
    </DraftForm>
  );
}

/** An address starts in the shop's own country. */
function startingRecord({ record, country }: FormView): FormView['record'] {
  if (record.address !== null || country === null) return record;
  const nowhere = {
    provinceCode: null,
    province: null,
    cityCode: null,
    city: null,
    districtCode: null,
    district: null,
    villageCode: null,
    village: null,
    postalCode: null,
    street: null,
  };
  return { ...record, address: { countryCode: country, ...nowhere } };
}

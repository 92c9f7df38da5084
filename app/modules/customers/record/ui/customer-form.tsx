import { Banner, Layout } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { useDraft, type Draft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
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

export interface FormPartProps {
  draft: Draft<CustomerValues>;
  view: FormView;
  /** The text of what is wrong with a field, or false. */
  errorOf: (field: string) => string | false;
}

/** Everything that staff write down of a customer; new or known. */
export function CustomerForm({ view }: { view: FormView }) {
  const { t, i18n } = useTranslation();
  const [formKey] = useState(() => crypto.randomUUID());
  const record = startingRecord(view);
  const loaded = valuesOf(record, view.own, i18n.language);
  // What it was loaded with goes along: only what differs from it is written.
  const draft = useDraft<CustomerValues>({ ...loaded, formKey, loaded: JSON.stringify(loaded) });
  const errorOf = useFieldErrorText(draft.errors);
  const part = { draft, view, errorOf };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        draft.save();
      }}
    >
      <DraftSaveBar draft={draft} />
      <Layout>
        <Layout.Section>
          <div className="stack">
            {errorOf('form') && (
              <Banner tone="critical" title={t('customer_form.not_saved')}>
                {errorOf('form')}
              </Banner>
            )}
            <WhoCard {...part} />
            <ContactCard {...part} />
            <AddressCard {...part} />
            <PersonalCard {...part} />
            <SocialCard {...part} />
          </div>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <div className="stack">
            <ClubCard {...part} />
            <ConsentCard {...part} />
            <NoteCard {...part} />
          </div>
        </Layout.Section>
      </Layout>
      <button type="submit" hidden tabIndex={-1}>
        {t('common.save')}
      </button>
    </form>
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
    postalCode: null,
    street: null,
  };
  return { ...record, address: { countryCode: country, ...nowhere } };
}

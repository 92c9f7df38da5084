import { Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import {
  ASKED_FIELDS,
  ASKINGS,
  FILE_KINDS,
  LINE_MAX,
  TEXT_MAX,
  type ApplicationSettings,
  type AskedField,
  type FileKind,
} from '../application-fields.ts';

type Parts = Record<AskedField | FileKind, string>;
/** The shop's own question is a text; whether it must be answered is `asks_question`. */
interface SettingsValues extends Omit<Parts, 'question'> {
  [field: string]: string | boolean;
  version: string;
  isOpen: boolean;
  intro: string;
  question: string;
  asksQuestion: string;
  notifyEmail: string;
  categoryId: string;
}

const { DraftCheckbox, DraftSelect, DraftText } = draftFields<SettingsValues>();

interface ApplicationSettingsFormProps {
  settings: ApplicationSettings;
  /** Where the form is. */
  address: string;
  categories: readonly { categoryId: bigint; name: string }[];
}

/** What the form for resellers asks, and who hears of an application. */
export function ApplicationSettingsForm({ settings, address, categories }: ApplicationSettingsFormProps) {
  const { t } = useTranslation();
  const draft = useDraft(savedValues(settings));
  const askings = ASKINGS.map((value) => ({ value, label: t(`applications.asking.${value}`) }));
  return (
    <DraftForm draft={draft}>
      <FormCard title={t('applications.settings.open_title')}>
        <DraftCheckbox name="isOpen" label={t('applications.settings.open')} />
        <Text as="p">
          {t('applications.settings.address')}{' '}
          <Link url={address} target="_blank">
            {address}
          </Link>
        </Text>
        <Text as="p" tone="subdued">
          {t('applications.settings.block')}
        </Text>
        <DraftText
          name="intro"
          label={t('applications.settings.intro')}
          helpText={t('applications.settings.intro_help')}
          multiline={4}
          maxLength={TEXT_MAX}
        />
      </FormCard>
      <FormCard title={t('applications.settings.fields')} text={t('applications.settings.fields_text')}>
        {ASKED_FIELDS.filter((field) => field !== 'question').map((field) => (
          <DraftSelect key={field} name={field} label={t(`applications.field.${field}`)} options={askings} />
        ))}
        <DraftText
          name="question"
          label={t('applications.settings.question')}
          helpText={t('applications.settings.question_help')}
          maxLength={LINE_MAX}
        />
        <DraftSelect name="asksQuestion" label={t('applications.settings.asks_question')} options={askings} />
      </FormCard>
      <FormCard title={t('applications.settings.files')} text={t('applications.settings.files_text')}>
        {FILE_KINDS.map((kind) => (
          <DraftSelect key={kind} name={kind} label={t(`applications.field.${kind}`)} options={askings} />
        ))}
      </FormCard>
      <FormCard title={t('applications.settings.then')}>
        <DraftText
          name="notifyEmail"
          label={t('applications.settings.notify')}
          helpText={t('applications.settings.notify_help')}
          type="email"
        />
        <DraftSelect
          name="categoryId"
          label={t('applications.settings.category')}
          options={[
            { value: '', label: t('applications.settings.no_category') },
            ...categories.map(({ categoryId, name }) => ({ value: String(categoryId), label: name })),
          ]}
        />
      </FormCard>
    </DraftForm>
  );
}

function savedValues({
  fields,
  version,
  isOpen,
  intro,
  question,
  notifyEmail,
  categoryId,
}: ApplicationSettings) {
  const asking = (part: AskedField | FileKind) => fields[part] ?? 'off';
  return {
    version: String(version),
    isOpen,
    intro,
    question,
    asksQuestion: asking('question'),
    notifyEmail: notifyEmail ?? '',
    categoryId: categoryId === null ? '' : String(categoryId),
    phone: asking('phone'),
    business: asking('business'),
    address: asking('address'),
    city: asking('city'),
    website: asking('website'),
    social: asking('social'),
    tax_number: asking('tax_number'),
    message: asking('message'),
    id_card: asking('id_card'),
    shop_photo: asking('shop_photo'),
  } satisfies SettingsValues;
}

import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { MicrophoneIcon, StopCircleIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox, TextField } from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useUnsaved } from '#app/components/unsaved.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { LOCALES, type Locale } from '#app/i18n/locales.ts';
import { NOTE_CHARACTERS_MAX } from '../note-limits.ts';
import { saidSoFar, withSpeech } from '../rules/dictation.ts';
import { useDictation, type DictationControl } from './use-dictation.ts';

/** Where a new note is typed or spoken. */
export function NoteComposer() {
  const { t, i18n } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [text, setText] = useState('');
  const [isPinned, setPinned] = useState(false);
  useUnsaved(text.trim() !== '');
  const locale: Locale = LOCALES.find((known) => known === i18n.language) ?? 'en';
  const control = useDictation(locale, (words) =>
    setText((typed) => withSpeech(typed, words, NOTE_CHARACTERS_MAX)),
  );
  const isListening = control.dictation.phase !== 'off';
  const add = () =>
    action.act({ intent: 'add', text, isPinned: String(isPinned) }, t('notes.added'), () => {
      setText('');
      setPinned(false);
    });
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <BlockStack gap="300">
          {action.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
          <TextField
            id="note-text"
            label={t('notes.new')}
            placeholder={t('notes.placeholder')}
            value={withSpeech(text, saidSoFar(control.dictation), NOTE_CHARACTERS_MAX)}
            error={errorOf('text')}
            readOnly={isListening}
            multiline={3}
            maxHeight={320}
            maxLength={NOTE_CHARACTERS_MAX}
            showCharacterCount
            onChange={(value) => {
              setText(value);
              action.clear();
            }}
          />
          <InlineStack gap="300" blockAlign="center" align="space-between">
            <InlineStack gap="300" blockAlign="center">
              <Microphone control={control} />
              <Checkbox label={t('notes.pin_new')} checked={isPinned} onChange={setPinned} />
            </InlineStack>
            <Button
              variant="primary"
              submit
              loading={action.isBusy}
              disabled={isListening || text.trim() === ''}
            >
              {t('notes.add')}
            </Button>
          </InlineStack>
          <Hearing control={control} />
        </BlockStack>
      </form>
    </Card>
  );
}

function Microphone({ control }: { control: DictationControl }) {
  const { t } = useTranslation();
  const { dictation, isAvailable, press } = control;
  const isOn = dictation.phase !== 'off';
  return (
    <Button
      icon={isOn ? StopCircleIcon : MicrophoneIcon}
      pressed={isOn}
      disabled={!isAvailable}
      {...(isOn ? { tone: 'critical' } : {})}
      ariaDescribedBy="note-hearing"
      onClick={press}
    >
      {isOn ? t('notes.dictation.stop') : t('notes.dictation.speak')}
    </Button>
  );
}

/** What the microphone hears, or why it hears nothing; read out as it changes. */
function Hearing({ control }: { control: DictationControl }) {
  const { t } = useTranslation();
  const { dictation, trouble } = control;
  const text = hearingText();
  return (
    <div id="note-hearing" className="note-hearing" role="status" aria-live="polite">
      {text !== null && (
        <Text as="p" tone="subdued" breakWord>
          {text}
        </Text>
      )}
    </div>
  );

  function hearingText(): string | null {
    if (dictation.phase === 'asking') return t('notes.dictation.asking');
    const words = saidSoFar(dictation);
    if (dictation.phase === 'listening') {
      return words === '' ? t('notes.dictation.listening') : t('notes.dictation.hearing', { words });
    }
    return trouble === null ? null : t(`notes.dictation.trouble.${trouble}`);
  }
}

/** The one field for a calendar day: typed as the person's language writes it, or chosen from a calendar. */
import { Button, Popover } from '@shopify/polaris';
import { CalendarIcon } from '@shopify/polaris-icons';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '#app/lib/format.ts';
import { formatTypedDay, isDayUnclear, readTypedDay } from '#app/lib/typed-day.ts';
import { DayGrid } from './day-grid.tsx';
import { TextField, type TextFieldProps } from './fields.tsx';

/**
 * A field whose value is a day (`YYYY-MM-DD`), empty, or a text that is no day, for the form to refuse. `min` and `max` are the
 * first and last day that the calendar offers.
 */
export function DayField({ value = '', min, max, onChange, helpText, ...field }: TextFieldProps) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const ownId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const isDay = readTypedDay(value, locale) === value;
  // What is typed stays as it is until the field is left, or another day comes from elsewhere.
  const isTyping = typed !== null && (readTypedDay(typed, locale) ?? typed) === value;
  const shown = isDay ? formatTypedDay(value, locale) : value;
  const understood = isDay && isTyping && isDayUnclear(typed);
  const id = field.id ?? ownId;
  const choose = (day: string) => {
    setTyped(null);
    setIsOpen(false);
    onChange(day);
    document.getElementById(id)?.focus();
  };
  return (
    <TextField
      {...field}
      id={id}
      value={isTyping ? typed : shown}
      // A day would look as if it were entered.
      placeholder={t('units.day_pattern')}
      inputMode="numeric"
      helpText={
        understood
          ? t('units.understood', { value: formatDay(new Date(`${value}T00:00:00Z`), locale, 'UTC') })
          : helpText
      }
      onChange={(text) => {
        setTyped(text);
        onChange(readTypedDay(text, locale) ?? text);
      }}
      onBlur={() => setTyped(null)}
      suffix={
        <Popover
          active={isOpen}
          autofocusTarget="none"
          preferredAlignment="right"
          onClose={() => setIsOpen(false)}
          activator={
            <Button
              variant="plain"
              icon={CalendarIcon}
              accessibilityLabel={t('units.open_calendar')}
              disabled={field.disabled === true}
              onClick={() => setIsOpen(!isOpen)}
            />
          }
        >
          <DayGrid day={isDay ? value : null} min={min?.toString()} max={max?.toString()} onChoose={choose} />
        </Popover>
      }
    />
  );
}

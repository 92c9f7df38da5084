/** A month of days to choose from, by mouse and keyboard (WAI-ARIA date grid). */
import {
  endOfMonth,
  isSameMonth,
  parseDate,
  startOfMonth,
  startOfWeek,
  today,
  type CalendarDate,
} from '@internationalized/date';
import { Button, InlineStack, Text } from '@shopify/polaris';
import { ChevronLeftIcon, ChevronRightIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatFullDay, formatLongMonth, formatNumber, formatWeekday } from '#app/lib/format.ts';
import { useShop } from './shop-context.tsx';

interface DayGridProps {
  /** The chosen day, `YYYY-MM-DD`. */
  day: string | null;
  min: string | undefined;
  max: string | undefined;
  onChoose: (day: string) => void;
}

const DAYS_OF_WEEK = 7;
const WEEKS = 6;
/** As in Indonesia, whatever the language; CLDR has Sunday for Indonesian. */
const FIRST_OF_WEEK = 'mon';

/** Where each key leads from a day. */
const MOVES: Record<string, (from: CalendarDate, locale: string) => CalendarDate> = {
  ArrowLeft: (from) => from.subtract({ days: 1 }),
  ArrowRight: (from) => from.add({ days: 1 }),
  ArrowUp: (from) => from.subtract({ weeks: 1 }),
  ArrowDown: (from) => from.add({ weeks: 1 }),
  PageUp: (from) => from.subtract({ months: 1 }),
  PageDown: (from) => from.add({ months: 1 }),
  Home: (from, locale) => startOfWeek(from, locale, FIRST_OF_WEEK),
  End: (from, locale) => startOfWeek(from, locale, FIRST_OF_WEEK).add({ days: DAYS_OF_WEEK - 1 }),
};

export function DayGrid({ day, min, max, onChoose }: DayGridProps) {
  const locale = useTranslation().i18n.language;
  const { timeZone } = useShop();
  const now = today(timeZone);
  const [focused, setFocused] = useState(() => clamp(day === null ? now : parseDate(day), min, max));
  const grid = useRef<HTMLTableElement>(null);
  const key = focused.toString();
  useEffect(() => {
    grid.current?.querySelector<HTMLButtonElement>(`[data-day="${key}"]`)?.focus();
  }, [key]);
  const move = (to: CalendarDate) => setFocused(clamp(to, min, max));
  const onKeyDown = (event: KeyboardEvent) => {
    const next = MOVES[event.key]?.(focused, locale);
    if (!next) return;
    event.preventDefault();
    move(next);
  };
  const monthName = formatLongMonth(focused.toDate('UTC'), locale);
  const first = startOfWeek(startOfMonth(focused), locale, FIRST_OF_WEEK);
  const weeks = Array.from({ length: WEEKS }, (_none, week) => first.add({ weeks: week })).filter(
    (start) => start.compare(endOfMonth(focused)) <= 0,
  );
  return (
    <div className="day-grid">
      <MonthHeader name={monthName} onMove={(months) => move(focused.add({ months }))} />
      <table role="grid" ref={grid} aria-label={monthName} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weekDays(first).map((start) => (
              <th
                key={start.toString()}
                scope="col"
                abbr={formatWeekday(start.toDate('UTC'), locale, 'long')}
              >
                {formatWeekday(start.toDate('UTC'), locale, 'short')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((start) => (
            <tr key={start.toString()}>
              {weekDays(start).map((each) => (
                <DayCell
                  key={each.toString()}
                  each={each}
                  isChosen={each.toString() === day}
                  isToday={each.compare(now) === 0}
                  isFocused={each.compare(focused) === 0}
                  isOfMonth={isSameMonth(each, focused)}
                  isOffered={each.compare(clamp(each, min, max)) === 0}
                  onChoose={onChoose}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MonthHeader({ name, onMove }: { name: string; onMove: (months: number) => void }) {
  const { t } = useTranslation();
  return (
    <InlineStack align="space-between" blockAlign="center">
      <Button
        variant="tertiary"
        icon={ChevronLeftIcon}
        accessibilityLabel={t('units.month_before')}
        onClick={() => onMove(-1)}
      />
      <Text as="span" variant="headingSm">
        <span aria-live="polite">{name}</span>
      </Text>
      <Button
        variant="tertiary"
        icon={ChevronRightIcon}
        accessibilityLabel={t('units.month_after')}
        onClick={() => onMove(1)}
      />
    </InlineStack>
  );
}

interface DayCellProps {
  each: CalendarDate;
  isChosen: boolean;
  isToday: boolean;
  isFocused: boolean;
  isOfMonth: boolean;
  isOffered: boolean;
  onChoose: (day: string) => void;
}

function DayCell({ each, isChosen, isToday, isFocused, isOfMonth, isOffered, onChoose }: DayCellProps) {
  const locale = useTranslation().i18n.language;
  if (!isOfMonth) return <td />;
  return (
    <td role="gridcell" aria-selected={isChosen}>
      <button
        type="button"
        data-day={each.toString()}
        tabIndex={isFocused ? 0 : -1}
        disabled={!isOffered}
        aria-current={isToday ? 'date' : undefined}
        aria-label={formatFullDay(each.toDate('UTC'), locale)}
        onClick={() => onChoose(each.toString())}
      >
        {formatNumber(each.day, locale)}
      </button>
    </td>
  );
}

const weekDays = (start: CalendarDate): CalendarDate[] =>
  Array.from({ length: DAYS_OF_WEEK }, (_none, days) => start.add({ days }));

function clamp(day: CalendarDate, min: string | undefined, max: string | undefined): CalendarDate {
  if (min !== undefined && day.compare(parseDate(min)) < 0) return parseDate(min);
  return max !== undefined && day.compare(parseDate(max)) > 0 ? parseDate(max) : day;
}

import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormLayout, TextField } from '#app/components/fields.tsx';
import type { RegionChoice } from '../region-choices.ts';
import { VILLAGE_COUNTRIES } from '../rules/address.ts';
import type { RegionLevel } from '../rules/regions.ts';
import { ChoiceField } from './choice-field.tsx';
import { useCountryCodes, useRegionChoices } from './use-region-choices.ts';

/** The form fields of an address; '' for an empty one. */
export interface PickedRegion {
  /** ISO 3166-1 alpha-2. */
  countryCode: string;
  provinceCode: string;
  province: string;
  cityCode: string;
  city: string;
  districtCode: string;
  district: string;
  villageCode: string;
  village: string;
  postalCode: string;
}

export interface RegionPickerProps {
  value: PickedRegion;
  /** Only the fields that changed: what depends on a changed one comes with it, emptied. */
  onChange: (change: Partial<PickedRegion>) => void;
  /** What is wrong with a field, in the user's words. */
  errors?: Partial<Record<keyof PickedRegion, string | false>>;
  disabled?: boolean;
}

const NO_VILLAGE = { villageCode: '', village: '' };
const NO_DISTRICT = { districtCode: '', district: '', ...NO_VILLAGE };
const NO_CITY = { cityCode: '', city: '', ...NO_DISTRICT };
const NO_PROVINCE = { provinceCode: '', province: '', ...NO_CITY };
const POSTAL_CODE_LENGTH_MAX = 20;
/** More would be a list of its own. */
const POSTAL_CODES_SHOWN_MAX = 8;

/**
 * Country, province, city or regency, district and postal code, and the village where addresses have one: each a list
 * of what lies in the one before, with search; where a country has no list, one types. A change empties what depends
 * on it.
 */
export function RegionPicker({ value, onChange, errors = {}, disabled = false }: RegionPickerProps) {
  const [postalCodes, setPostalCodes] = useState<readonly string[]>([]);
  const suggest = (choice: RegionChoice): { postalCode?: string } => {
    setPostalCodes(choice.postalCodes);
    const [only, ...others] = choice.postalCodes;
    const isOurs = value.postalCode === '' || postalCodes.includes(value.postalCode);
    return only !== undefined && others.length === 0 && isOurs ? { postalCode: only } : {};
  };
  const common = { value, disabled };
  const hasVillages = VILLAGE_COUNTRIES.includes(value.countryCode);
  const postalCode = (
    <PostalCodeField
      {...common}
      codes={postalCodes}
      error={errors.postalCode}
      onChange={(typed) => onChange({ postalCode: typed })}
    />
  );
  return (
    <FormLayout>
      <CountryField
        {...common}
        error={errors.countryCode}
        onChoose={(countryCode) => {
          setPostalCodes([]);
          onChange({ countryCode, ...NO_PROVINCE, ...(value.countryCode === '' ? {} : { postalCode: '' }) });
        }}
      />
      <FormLayout.Group condensed>
        <LevelField
          {...common}
          level="province"
          error={errors.province || errors.provinceCode}
          onChoose={({ code, name }) => onChange({ ...NO_CITY, provinceCode: code, province: name })}
          onText={(province) => onChange({ ...NO_PROVINCE, province })}
        />
        <LevelField
          {...common}
          level="city"
          error={errors.city || errors.cityCode}
          onChoose={(choice) => {
            const { code, name, parent } = choice;
            const around = parent === null ? {} : { provinceCode: parent.code, province: parent.name };
            onChange({ ...NO_DISTRICT, ...around, cityCode: code, city: name, ...suggest(choice) });
          }}
          onText={(city) => onChange({ ...NO_CITY, city })}
        />
      </FormLayout.Group>
      <FormLayout.Group condensed>
        <LevelField
          {...common}
          level="district"
          error={errors.district || errors.districtCode}
          onChoose={(choice) =>
            onChange({ ...NO_VILLAGE, districtCode: choice.code, district: choice.name, ...suggest(choice) })
          }
          onText={(district) => onChange({ ...NO_DISTRICT, district })}
        />
        {hasVillages ? (
          <VillageField {...common} error={errors.village || errors.villageCode} onChange={onChange} />
        ) : (
          postalCode
        )}
      </FormLayout.Group>
      {hasVillages && <FormLayout.Group condensed>{postalCode}</FormLayout.Group>}
    </FormLayout>
  );
}

interface CountryFieldProps {
  value: PickedRegion;
  disabled: boolean;
  error: string | false | undefined;
  onChoose: (countryCode: string) => void;
}

function CountryField({ value, disabled, error, onChoose }: CountryFieldProps) {
  const { t, i18n } = useTranslation();
  const [query, setQuery] = useState<string | null>(null);
  const codes = useCountryCodes();
  const names = useMemo(() => new Intl.DisplayNames(i18n.language, { type: 'region' }), [i18n.language]);
  const labelOf = (code: string): string => (code === '' ? '' : (names.of(code) ?? code));
  const typed = (query ?? '').trim().toLocaleLowerCase(i18n.language);
  const choices = codes
    .map((code) => ({ code, label: labelOf(code) }))
    .filter(({ code, label }) => {
      return label.toLocaleLowerCase(i18n.language).includes(typed) || code.toLowerCase() === typed;
    })
    .sort((one, other) => one.label.localeCompare(other.label, i18n.language));
  return (
    <ChoiceField
      id="countryCode"
      label={t('regions.country')}
      text={labelOf(value.countryCode)}
      query={query}
      onQuery={setQuery}
      choices={choices}
      state={codes.length === 0 ? 'loading' : 'ready'}
      isCut={false}
      onChoose={(code) => {
        if (code !== value.countryCode) onChoose(code);
      }}
      onText={null}
      error={error}
      disabled={disabled}
    />
  );
}

/** The level whose region a list is the inside of. */
const AROUND = { province: null, city: 'province', district: 'city', village: 'district' } as const;

interface LevelFieldProps {
  level: RegionLevel;
  value: PickedRegion;
  disabled: boolean;
  error: string | false | undefined;
  onChoose: (choice: RegionChoice) => void;
  /** What was typed and is in no list, '' when the field was emptied. */
  onText: (text: string) => void;
}

function LevelField({ level, value, disabled, error, onChoose, onText }: LevelFieldProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState<string | null>(null);
  const around = AROUND[level];
  const parent = around === null ? '' : value[`${around}Code`];
  const listed = useRegionChoices({ country: value.countryCode, level, parent, query: query ?? '' });
  const text = value[level];
  const label = t(`regions.${level}`);
  const isWithoutCountry = value.countryCode === '';
  if (!isWithoutCountry && !listed.hasList) {
    return (
      <TextField
        id={level}
        label={label}
        value={text}
        onChange={onText}
        error={error ?? false}
        disabled={disabled}
      />
    );
  }
  const isNowhere = parent === '' && (level === 'district' || level === 'village');
  const first = level === 'village' ? 'regions.district_first' : 'regions.city_first';
  const help = isWithoutCountry ? t('regions.country_first') : isNowhere ? t(first) : undefined;
  return (
    <ChoiceField
      id={level}
      label={label}
      text={text}
      query={query}
      onQuery={setQuery}
      choices={listed.items.map((item) => ({ code: item.code, label: labelOf(item) }))}
      state={listed.state}
      isCut={listed.isCut}
      onChoose={(code) => {
        const choice = listed.items.find((item) => item.code === code);
        if (choice && choice.code !== value[`${level}Code`]) onChoose(choice);
        else if (!choice && text !== '') onText('');
      }}
      onText={onText}
      error={error}
      helpText={help}
      disabled={disabled || isWithoutCountry}
    />
  );
}

interface VillageFieldProps {
  value: PickedRegion;
  disabled: boolean;
  error: string | false | undefined;
  onChange: (change: Partial<PickedRegion>) => void;
}

function VillageField({ onChange, ...props }: VillageFieldProps) {
  return (
    <LevelField
      {...props}
      level="village"
      onChoose={({ code, name }) => onChange({ villageCode: code, village: name })}
      onText={(village) => onChange({ ...NO_VILLAGE, village })}
    />
  );
}

function labelOf({ name, localName }: RegionChoice): string {
  return localName === null ? name : `${name} · ${localName}`;
}

interface PostalCodeFieldProps {
  value: PickedRegion;
  disabled: boolean;
  /** Those of the chosen place. */
  codes: readonly string[];
  error: string | false | undefined;
  onChange: (postalCode: string) => void;
}

function PostalCodeField({ value, disabled, codes, error, onChange }: PostalCodeFieldProps) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="100">
      <TextField
        id="postalCode"
        label={t('regions.postal_code')}
        value={value.postalCode}
        maxLength={POSTAL_CODE_LENGTH_MAX}
        onChange={onChange}
        error={error ?? false}
        disabled={disabled}
      />
      {!disabled && <PostalCodes codes={codes} current={value.postalCode} onPick={onChange} />}
    </BlockStack>
  );
}

interface PostalCodesProps {
  codes: readonly string[];
  current: string;
  onPick: (code: string) => void;
}

/** The postal codes of the chosen place, to take by a click. */
function PostalCodes({ codes, current, onPick }: PostalCodesProps) {
  const { t } = useTranslation();
  const others = codes.filter((code) => code !== current).slice(0, POSTAL_CODES_SHOWN_MAX);
  if (others.length === 0) return null;
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span" tone="subdued" variant="bodySm">
        {t('regions.postal_codes_here')}
      </Text>
      {others.map((code) => (
        <Button
          key={code}
          variant="plain"
          onClick={() => onPick(code)}
          accessibilityLabel={t('regions.take_postal_code', { code })}
        >
          {code}
        </Button>
      ))}
    </InlineStack>
  );
}

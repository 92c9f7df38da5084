-- Several tone marks before a sara am are folded at once: a text that was folded twice came out otherwise than folded once.
CREATE OR REPLACE FUNCTION fold_text(given text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN octet_length(given) = char_length(given) THEN lower(translate(given, '`', '''') COLLATE "C") COLLATE "default"
  -- Only a text beyond ASCII pays for the rest.
  ELSE normalize(translate(
  replace(replace(replace(replace(replace(
    regexp_replace(regexp_replace(
      lower(normalize(translate(given, E'\u00B4\u0060\u2019\u2018\u02BC\u02BB\u2032', ''''''''''''''''), NFKD) COLLATE "und-x-icu"),
      '[\u00AD\u0300-\u036F\u0483-\u0487\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u061C\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF]', '', 'g'),
      '([\u0E48-\u0E4B\u0EC8-\u0ECB]+)([\u0E4D\u0ECD])', '\2\1', 'g'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), E'\u0E40\u0E40', E'\u0E41'),
  'øđłħıŧðς' || E'\u064A\u0649\u0643\u06AA\u0629\u06C1\u06BE\u06D5\u0671'
    || E'\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u06F0\u06F1\u06F2\u06F3\u06F4\u06F5\u06F6\u06F7\u06F8\u06F9'
    || E'\u0966\u0967\u0968\u0969\u096A\u096B\u096C\u096D\u096E\u096F\u0E50\u0E51\u0E52\u0E53\u0E54\u0E55\u0E56\u0E57\u0E58\u0E59',
  'odlhitdσ' || E'\u06CC\u06CC\u06A9\u06A9\u0647\u0647\u0647\u0647\u0627'
    || '0123456789012345678901234567890123456789'), NFC) COLLATE "default" END;

-- What was stored with the old fold is stored again.
UPDATE customers SET first_name = first_name
WHERE concat(first_name, ' ', last_name, ' ', email) ~ '[\u0E48-\u0E4B\u0EC8-\u0ECB]{2}[\u0E33\u0E4D\u0EB3\u0ECD]';
REINDEX INDEX customers_note;
REINDEX INDEX customer_notes_text;

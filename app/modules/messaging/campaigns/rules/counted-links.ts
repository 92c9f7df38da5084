/** Links of a campaign whose openings are counted: each recipient gets an address of ours that leads on. */

/** More links of a campaign stay as they are written. */
export const COUNTED_LINKS_MAX = 10;

/** An address up to the next space or letter of another script; what ends a sentence is no part of it. */
const LINK = /https?:\/\/[\x21-\x7e]*[\w/=&#%~+-]/gi;
/** An address that goes on with what is filled in for each customer, or in another script, is left as it is. */
const GOES_ON = /^[.,;:!?]*[^\s.,;:!?)\]'"»”’]/u;

interface Found {
  at: number;
  link: string;
}

function findLinks(text: string): Found[] {
  return [...text.matchAll(LINK)].flatMap((match) => {
    const [link] = match;
    const rest = text.slice(match.index + link.length);
    return link.includes('{') || GOES_ON.test(rest) || !URL.canParse(link) ? [] : [{ at: match.index, link }];
  });
}

/** Where the links of these texts lead, each once, in the order in which they are written. */
export function linkTargets(texts: readonly string[]): string[] {
  const links = texts.flatMap((text) => findLinks(text).map(({ link }) => link));
  return [...new Set(links)].slice(0, COUNTED_LINKS_MAX);
}

/** The text with `addressOf(n)` for each link to the target at `n`. */
export function withCountedLinks(
  text: string,
  targets: readonly string[],
  addressOf: (target: number) => string,
): string {
  let written = '';
  let from = 0;
  for (const { at, link } of findLinks(text)) {
    const target = targets.indexOf(link);
    if (target === -1) continue;
    written += text.slice(from, at) + addressOf(target);
    from = at + link.length;
  }
  return written + text.slice(from);
}

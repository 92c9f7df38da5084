/**
 * Reads documents that consist of thousands of elements of one name. Programs write nearly all of them alike; those are read
 * without a parser, which takes a multiple of the time. Only what is surely well-formed is read so, everything else goes
 * through the parser in its place.
 */
import { makeXmlReader, type XmlHandlers, type XmlReader } from './read-xml.ts';

/** A longer element is no plain one; the parser has its own guards. */
const HELD_CHARACTERS_MAX = 256 * 1024;

/** Characters that need a parser: entities, line ends to be changed, what is forbidden or may be. */
const ODD = /[^\t\n\u0020-\u0025\u0027-\ud7ff\ue000-\ufffd]|\]\]>/;

/**
 * `readPlain` gets a text and where in it an element begins and ends, with its tags and nothing before it, and without
 * entities; it returns false, having done nothing, unless the element is one that it knows every character of.
 */
export function makePlainXmlReader(
  name: string,
  handlers: XmlHandlers,
  readPlain: (text: string, from: number, to: number) => boolean,
): XmlReader {
  const startTag = `<${name}`;
  const endTag = `</${name}>`;
  let depth = 0;
  let hasClosed = false;
  /** The parser has just read the end of such an element, so that another may follow. */
  let isBetween = false;
  let held = '';
  const xml = makeXmlReader({
    ...handlers,
    open(tag, attributes) {
      depth += 1;
      handlers.open(tag, attributes);
    },
    close(tag) {
      depth -= 1;
      hasClosed = depth > 0;
      handlers.close?.(tag);
    },
  });

  /** Up to an end tag, which may lie in a comment: only if its last character closes an element it is one. */
  function parse(element: string): void {
    xml.write(element.slice(0, -1));
    hasClosed = false;
    xml.write('>');
    isBetween = hasClosed;
  }

  function mayBegin(text: string): boolean {
    return text.length < startTag.length ? startTag.startsWith(text) : text.startsWith(startTag);
  }

  return {
    write(piece) {
      const text = held + piece;
      held = '';
      const isOdd = ODD.test(text);
      let at = 0;
      for (let end = text.indexOf(endTag); end >= 0; end = text.indexOf(endTag, at)) {
        const next = end + endTag.length;
        const isPlain = isBetween && !(isOdd && ODD.test(text.slice(at, next))) && readPlain(text, at, next);
        if (!isPlain) parse(text.slice(at, next));
        at = next;
      }
      const rest = text.slice(at);
      if (rest === '') return;
      if (isBetween && rest.length < HELD_CHARACTERS_MAX && mayBegin(rest)) held = rest;
      else {
        isBetween = false;
        xml.write(rest);
      }
    },
    end() {
      if (held !== '') xml.write(held);
      xml.end();
    },
  };
}

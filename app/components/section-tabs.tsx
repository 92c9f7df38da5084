import { Link, useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { findPlace } from './navigation.ts';

/** The sections of the current entry of the menu, and the pages of the current section; nothing on a page below one. */
export function SectionTabs() {
  const { t } = useTranslation();
  const place = findPlace(useLocation().pathname);
  if (place === null) return null;
  const { entry, section, page } = place;
  return (
    <div className="sections">
      {entry.sections.length > 1 && (
        <Tabs
          label={t(`nav.${entry.key}`)}
          tabs={entry.sections.map(({ key, address }) => ({ address, text: t(`nav.section.${key}`) }))}
          current={section.address}
        />
      )}
      {page !== null && (
        <Tabs
          label={t(`nav.section.${section.key}`)}
          tabs={section.pages.map(({ key, address }) => ({ address, text: t(`nav.page.${key}`) }))}
          current={page.address}
          isSecondary
        />
      )}
    </div>
  );
}

interface TabsProps {
  label: string;
  tabs: { address: string; text: string }[];
  current: string;
  isSecondary?: boolean;
}

/** Links that look like Polaris' tabs: each section is a page of its own, so `role="tab"` would promise too much. */
function Tabs({ label, tabs, current, isSecondary = false }: TabsProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const show = () => showCurrent(list.current);
    show();
    // A phone that is turned, a window that gets narrower.
    window.addEventListener('resize', show);
    return () => window.removeEventListener('resize', show);
  }, [current]);
  return (
    <nav aria-label={label}>
      <ul ref={list} className={isSecondary ? 'section-tabs section-tabs-secondary' : 'section-tabs'}>
        {tabs.map(({ address, text }) => (
          <li key={address}>
            <Link to={address} aria-current={address === current ? 'page' : undefined}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** On a phone the tabs scroll; the current one must be in sight. Scrolls the list only, never the page. */
function showCurrent(list: HTMLElement | null): void {
  const tab = list?.querySelector('[aria-current]');
  if (!list || !tab) return;
  const frame = list.getBoundingClientRect();
  const { left, right } = tab.getBoundingClientRect();
  if (left < frame.left || right > frame.right)
    list.scrollBy({ left: (left + right) / 2 - (frame.left + frame.right) / 2 });
}

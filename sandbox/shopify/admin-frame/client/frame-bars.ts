import type { BarButton, NavItem } from './protocol.ts';

/** Draws the app's menu below its name. The item with `rel="home"` is the name itself. */
export function drawNav(items: NavItem[], framePath: string, go: (path: string) => void): void {
  const list = document.querySelector('.app-nav');
  const links = items
    .filter((item) => !item.isHome && item.href)
    .map((item) => {
      const link = document.createElement('a');
      link.href = framePath + item.href;
      link.dataset['path'] = item.href.split('?')[0] ?? '';
      link.textContent = item.label;
      link.addEventListener('click', (event) => {
        if (event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        go(item.href);
      });
      return link;
    });
  list?.replaceChildren(...links);
}

/** Draws title and buttons above the app, with breadcrumbs before the title. */
export function drawTitle(title: string, buttons: BarButton[], press: (id: string) => void): void {
  const heading = document.querySelector('.app-title');
  if (heading) heading.textContent = title;
  const draw = (button: BarButton) => {
    const element = document.createElement('button');
    element.type = 'button';
    element.textContent = button.label;
    element.disabled = button.isDisabled || button.isLoading;
    element.className = [
      'bar-button',
      button.variant,
      button.isCritical ? 'critical' : '',
      button.isLoading ? 'loading' : '',
    ]
      .filter(Boolean)
      .join(' ');
    element.addEventListener('click', () => press(button.id));
    return element;
  };
  const isCrumb = (button: BarButton) => button.variant === 'breadcrumb';
  const byWeight = (a: BarButton, b: BarButton) =>
    Number(a.variant === 'primary') - Number(b.variant === 'primary');
  document.querySelector('.app-crumbs')?.replaceChildren(...buttons.filter(isCrumb).map(draw));
  const actions = buttons.filter((button) => !isCrumb(button)).sort(byWeight);
  document.querySelector('.app-actions')?.replaceChildren(...actions.map(draw));
}

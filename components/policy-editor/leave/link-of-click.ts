type Click = Pick<
  MouseEvent,
  'button' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'defaultPrevented'
>;
type Link = { href: string; target: string; hasAttribute: (name: string) => boolean };

/**
 * Where a click on a link would take this very page, or null: clicks that open a new tab or window,
 * downloads, and links within the page leave the form where it is.
 */
export function leavingTo(click: Click, link: Link | null, here: string): string | null {
  if (!link || click.defaultPrevented || click.button !== 0) return null;
  if (click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return null;
  if ((link.target && link.target !== '_self') || link.hasAttribute('download')) return null;
  const to = new URL(link.href, here);
  const from = new URL(here);
  const samePage =
    to.origin === from.origin && to.pathname === from.pathname && to.search === from.search;
  return samePage ? null : to.href;
}

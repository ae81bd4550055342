import { describe, expect, it } from 'vitest';
import { leavingTo } from './link-of-click';

const here = 'http://localhost:3000/roles/7/policy#caching';
const click = {
  button: 0,
  metaKey: false,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  defaultPrevented: false,
};
const link = (href: string, target = '', download = false) => ({
  href,
  target,
  hasAttribute: () => download,
});

describe('leavingTo', () => {
  it('names the page a plain click leads to', () => {
    expect(leavingTo(click, link('http://localhost:3000/roles'), here)).toBe(
      'http://localhost:3000/roles',
    );
  });

  it.each([
    ['another tab of this page', click, link('http://localhost:3000/roles/7/policy#budget')],
    ['a new window', click, link('http://localhost:3000/roles', '_blank')],
    ['a download', click, link('http://localhost:3000/x.json', '', true)],
    ['Ctrl and a click', { ...click, ctrlKey: true }, link('http://localhost:3000/roles')],
    ['the middle button', { ...click, button: 1 }, link('http://localhost:3000/roles')],
    ['no link', click, null],
  ])('lets %s pass', (_, event, target) => {
    expect(leavingTo(event, target, here)).toBeNull();
  });
});

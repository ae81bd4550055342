import type { Segments } from './paths';

const FOCUSABLE =
  '[aria-invalid="true"], input:not([disabled]), textarea:not([disabled]), button:not([disabled]), [role="slider"], [tabindex]';

/**
 * Brings the field at a place into view and puts the focus into it: the control that is marked as at
 * fault, else the first one. A place inside a list or map goes to the field that holds it.
 */
export function focusField(path: Segments): void {
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length).join('.');
    const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    if (!field) continue;
    const control =
      field.querySelector<HTMLElement>('[aria-invalid="true"]') ??
      field.querySelector<HTMLElement>(FOCUSABLE) ??
      field;
    field.scrollIntoView({ block: 'center' });
    control.focus({ preventScroll: true });
    return;
  }
}

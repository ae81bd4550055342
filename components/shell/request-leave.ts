/** The event that asks whether the page may be left; its `detail` leaves it. */
export const LEAVE_EVENT = 'rolegate:leave';

/**
 * Leaves the page by `go`, unless unsaved changes are guarded: then the guard asks first and calls
 * `go` itself. For ways out that are no links, such as the switch of a tenant.
 */
export function requestLeave(go: () => void): void {
  const event = new CustomEvent(LEAVE_EVENT, { cancelable: true, detail: go });
  if (window.dispatchEvent(event)) go();
}

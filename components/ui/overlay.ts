/** Looks that dialogs, sheets and alert dialogs share. */

export const overlayClasses =
  'fixed inset-0 z-50 bg-black/45 backdrop-blur-[1px] data-[state=open]:animate-fade-in data-[state=closed]:animate-fade-out';
/** A box in the middle; scrolls inside itself on small screens. Needs a maximal width. */
export const boxClasses =
  'fixed inset-x-3 top-[50%] z-50 mx-auto flex max-h-[calc(100dvh-24px)] translate-y-[-50%] flex-col gap-4 overflow-y-auto rounded-xl border border-border bg-popover p-5 text-popover-foreground shadow-overlay outline-none data-[state=open]:animate-fade-in data-[state=closed]:animate-fade-out';
export const boxFooterClasses = 'flex flex-col-reverse gap-2 pt-1 sm:flex-row sm:justify-end';
export const titleClasses = 'text-lg leading-6 font-semibold tracking-tight';
export const descriptionClasses = 'text-sm text-muted-foreground';

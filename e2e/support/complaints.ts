import type { BrowserContext, Page } from '@playwright/test';

/** What a browser had to say against pages of ours. */
export type Complaints = {
  /** `<directive> <what was blocked>`, one for each violation of the Content-Security-Policy. */
  violations: string[];
  /** Errors on the browser's console and uncaught exceptions, with the page's path. */
  errors: string[];
};

/** Collects over all pages of a context that are opened from now on. */
export async function collectComplaints(context: BrowserContext): Promise<Complaints> {
  const complaints: Complaints = { violations: [], errors: [] };
  await context.exposeFunction('reportViolation', (violation: string) => {
    complaints.violations.push(violation);
  });
  await context.addInitScript(() => {
    const report = (window as unknown as { reportViolation(violation: string): void })
      .reportViolation;
    document.addEventListener('securitypolicyviolation', (event) =>
      report(`${event.effectiveDirective} ${event.blockedURI} on ${location.pathname}`),
    );
  });
  const listen = (page: Page) => {
    page.on('console', (message) => {
      if (message.type() !== 'error' || isAnswerOfThePage(page, message)) return;
      complaints.errors.push(`${new URL(page.url()).pathname}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.errors.push(`${page.url()}: ${error.message}`));
  };
  context.pages().forEach(listen);
  context.on('page', listen);
  return complaints;
}

/** Browsers call it an error when a page which is not there says so with 404. */
function isAnswerOfThePage(
  page: Page,
  message: { text(): string; location(): { url: string } },
): boolean {
  return (
    message.location().url === page.url() && message.text().includes('the server responded with')
  );
}

import { type AlertPayload, factsOf, headlineOf } from './alert-payload';

export type Mail = { subject: string; text: string; html: string };

/** The alert as a mail that reads well as text and as HTML. */
export function mailOf(payload: AlertPayload): Mail {
  const headline = headlineOf(payload);
  const facts = factsOf(payload);
  const rows = facts
    .map(
      ([label, value]) =>
        `<tr><td style="padding:4px 16px 4px 0;color:#71717a">${escapeHtml(label)}</td><td style="padding:4px 0">${escapeHtml(value)}</td></tr>`,
    )
    .join('');
  return {
    subject: `[Rolegate] ${headline}`,
    text: `${headline}\n\n${facts.map(([label, value]) => `${label}: ${value}`).join('\n')}\n`,
    html: `<div style="font-family:system-ui,sans-serif;font-size:14px;color:#18181b"><p style="font-weight:600">${escapeHtml(headline)}</p><table style="border-collapse:collapse">${rows}</table></div>`,
  };
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

import { type AlertPayload, factsOf, headlineOf } from './alert-payload';

const SIGN = {
  warning: ':warning:',
  critical: ':rotating_light:',
  exceeded: ':no_entry:',
  test: ':white_check_mark:',
} as const;

/** A Slack message in Block Kit, with the plain text that notifications show. */
export function slackBody(payload: AlertPayload): string {
  const headline = headlineOf(payload);
  return JSON.stringify({
    text: headline,
    blocks: [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: `${SIGN[payload.level]} *${escapeSlack(headline)}*` },
      },
      {
        type: 'section',
        fields: factsOf(payload).map(([label, value]) => ({
          type: 'mrkdwn',
          text: `*${label}*\n${escapeSlack(value)}`,
        })),
      },
    ],
  });
}

/** Slack's three control characters: names of roles and tenants are text, not markup. */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Where alerts are sent, as readers know it. */
export const CHANNEL_NAMES = { webhook: 'Webhook', slack: 'Slack', email: 'E-mail' } as const;

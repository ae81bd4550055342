'use client';

import { ChipsField } from '../fields/chips-field';
import { ChoiceField } from '../fields/choice-field';
import { MoneyField } from '../fields/money-field';
import { NumberField } from '../fields/number-field';
import { RangeField } from '../fields/range-field';
import { ToggleField } from '../fields/toggle-field';
import { UrlField } from '../fields/url-field';
import { Group } from '../layout/group';
import { BudgetAlerts } from '../panels/budget-alerts';
import { BudgetLive } from '../panels/budget-live';
import { BudgetTestAlert } from '../panels/budget-test-alert';

export function BudgetTab() {
  return (
    <>
      <BudgetLive />
      <Group title="Spending Limits">
        <MoneyField name="budgetPolicy.dailyLimitUSD" />
        <MoneyField name="budgetPolicy.weeklyLimitUSD" />
        <MoneyField name="budgetPolicy.monthlyLimitUSD" />
        <MoneyField name="budgetPolicy.maxCostPerRequest" />
      </Group>
      <Group title="Alert Thresholds">
        <RangeField
          low="budgetPolicy.alertThreshold"
          high="budgetPolicy.criticalThreshold"
          zones={['Quiet', 'Warning', 'Critical']}
          percent
        />
      </Group>
      <Group title="Alert Channels">
        <UrlField
          name="budgetPolicy.alertWebhook"
          placeholder="https://hooks.company.com/budget-alerts"
        />
        <ChipsField name="budgetPolicy.alertEmails" noun="e-mail address" />
        <UrlField
          name="budgetPolicy.alertSlack"
          placeholder="https://hooks.slack.com/services/..."
        />
        <BudgetTestAlert />
        <BudgetAlerts />
      </Group>
      <Group title="When Budget Exceeded">
        <ChoiceField
          name="budgetPolicy.onExceeded"
          look="list"
          choices={{
            block: { label: 'Block all requests', help: 'Callers get a 429 budget_exceeded.' },
            warn: {
              label: 'Warn but allow',
              help: 'Requests go on with the warning budget_exceeded.',
            },
            throttle: {
              label: 'Throttle (reduce rate limit)',
              help: 'Requests go on at the throttled rate below.',
            },
          }}
        />
        <NumberField name="budgetPolicy.throttleRequestsPerMinute" />
        <ToggleField name="budgetPolicy.softLimitEnabled" />
        <NumberField name="budgetPolicy.softLimitBuffer" />
      </Group>
    </>
  );
}

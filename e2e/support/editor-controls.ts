import { expect, type Locator } from '@playwright/test';

type Fallback = { provider: string; model: string; priority: number; timeoutMs: number };
type Limits = { requestsPerMinute: number; tokensPerMinute: number };
type Control = {
  write: (field: Locator, value: never) => Promise<void>;
  read: (field: Locator) => Promise<unknown>;
};

/** Sets a field by hand; `data-control` of its row says which kind of control it has. */
export async function writeControl(field: Locator, value: unknown): Promise<void> {
  await (await controlOf(field)).write(field, value as never);
}

/** The value that a field's control shows, as the document would have it. */
export async function readControl(field: Locator): Promise<unknown> {
  return (await controlOf(field)).read(field);
}

async function controlOf(field: Locator): Promise<Control> {
  const kind = await field.getAttribute('data-control');
  const control = CONTROLS[kind ?? ''];
  if (!control) throw new Error(`no way to use a control of the kind ${kind}`);
  return control;
}

/** `1,000.50` is 1000.5. */
const numberIn = async (input: Locator) => Number((await input.inputValue()).replaceAll(',', ''));

async function removeAll(buttons: Locator): Promise<void> {
  for (let left = await buttons.count(); left > 0; left -= 1) {
    await buttons.first().click();
    await expect(buttons).toHaveCount(left - 1);
  }
}

async function writeChips(box: Locator, values: readonly string[]): Promise<void> {
  await removeAll(box.locator('[data-chip-remove]'));
  const input = box.locator('input');
  for (const value of values) {
    await input.fill(value);
    await input.press('Enter');
    await expect(box.locator(`[data-chip="${value}"]`)).toBeVisible();
  }
}

const readChips = (box: Locator) =>
  box.locator('[data-chip]').evaluateAll((chips) => chips.map((chip) => chip.dataset.chip));

async function addKey(field: Locator, key: string): Promise<Locator> {
  const input = field.locator('[data-add-key] input');
  await input.fill(key);
  await input.press('Enter');
  return field.locator(`[data-key="${key}"]`);
}

const keysOf = (field: Locator) =>
  field.locator('[data-key]').evaluateAll((rows) => rows.map((row) => row.dataset.key ?? ''));

function toggle(role: 'switch' | 'checkbox'): Control {
  return {
    write: async (field, value: boolean) => {
      await field.getByRole(role).setChecked(value);
    },
    read: (field) => field.getByRole(role).isChecked(),
  };
}

const CONTROLS: Record<string, Control> = {
  switch: toggle('switch'),
  checkbox: toggle('checkbox'),
  number: {
    write: (field, value: number) => field.getByRole('textbox').fill(String(value)),
    read: (field) => numberIn(field.getByRole('textbox')),
  },
  percent: {
    write: (field, value: number) =>
      field.getByRole('textbox').fill(String(Math.round(value * 1e6) / 1e4)),
    read: async (field) => (await numberIn(field.getByRole('textbox'))) / 100,
  },
  text: {
    write: async (field, value: string) => {
      await field.locator('input').fill(value);
      await field.locator('input').blur();
    },
    read: (field) => field.locator('input').inputValue(),
  },
  radio: {
    write: (field, value: string) => field.locator(`[role="radio"][value="${value}"]`).click(),
    read: (field) => field.locator('[role="radio"][data-state="checked"]').getAttribute('value'),
  },
  chips: { write: writeChips, read: readChips },
  patterns: {
    write: async (field, values: string[]) => {
      await removeAll(field.getByRole('button', { name: /^Remove pattern/ }));
      for (const [index, value] of values.entries()) {
        await field.getByRole('button', { name: 'Add pattern' }).click();
        await field.locator('li input').nth(index).fill(value);
      }
    },
    read: (field) =>
      field
        .locator('li input')
        .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value)),
  },
  checklist: {
    write: async (field, values: string[]) => {
      for (const box of await field.getByRole('checkbox').all())
        await box.setChecked(values.includes((await box.getAttribute('data-value')) ?? ''));
    },
    read: (field) =>
      field
        .locator('[role="checkbox"][data-state="checked"]')
        .evaluateAll((boxes) => boxes.map((box) => box.dataset.value)),
  },
  'model-limits': {
    write: async (field, value: Record<string, Limits>) => {
      await removeAll(field.getByRole('button', { name: /^Remove the limits of/ }));
      for (const [key, limits] of Object.entries(value)) {
        const row = await addKey(field, key);
        await row.getByLabel(/^Requests a minute/).fill(String(limits.requestsPerMinute));
        await row.getByLabel(/^Tokens a minute/).fill(String(limits.tokensPerMinute));
      }
    },
    read: async (field) => {
      const limits: Record<string, Limits> = {};
      for (const key of await keysOf(field)) {
        const row = field.locator(`[data-key="${key}"]`);
        limits[key] = {
          requestsPerMinute: await numberIn(row.getByLabel(/^Requests a minute/)),
          tokensPerMinute: await numberIn(row.getByLabel(/^Tokens a minute/)),
        };
      }
      return limits;
    },
  },
  weights: {
    write: async (field, value: Record<string, number>) => {
      await removeAll(field.getByRole('button', { name: /^Remove / }));
      for (const [key, weight] of Object.entries(value))
        await (await addKey(field, key)).getByRole('textbox').fill(String(weight));
    },
    read: async (field) => {
      const weights: Record<string, number> = {};
      for (const key of await keysOf(field))
        weights[key] = await numberIn(field.locator(`[data-key="${key}"]`).getByRole('textbox'));
      return weights;
    },
  },
  'task-models': {
    write: async (field, value: Record<string, string[]>) => {
      for (const key of await keysOf(field))
        await writeChips(field.locator(`[data-key="${key}"]`), value[key] ?? []);
    },
    read: async (field) => {
      const models: Record<string, unknown> = {};
      for (const key of await keysOf(field)) {
        const chips = await readChips(field.locator(`[data-key="${key}"]`));
        if (chips.length > 0) models[key] = chips;
      }
      return models;
    },
  },
  'fallback-chain': {
    write: async (field, value: Fallback[]) => {
      await removeAll(field.locator('[data-remove]'));
      for (const [index, target] of value.entries()) {
        await field.getByRole('button', { name: 'Add fallback provider' }).click();
        const row = field.locator('[data-fallback-row]').nth(index);
        await row.getByLabel(/^Provider of/).fill(target.provider);
        await row.getByLabel(/^Model of/).fill(target.model);
        await row.getByLabel(/^Timeout of/).fill(String(target.timeoutMs));
      }
    },
    read: async (field) => {
      const chain: Fallback[] = [];
      for (const row of await field.locator('[data-fallback-row]').all()) {
        chain.push({
          provider: await row.getByLabel(/^Provider of/).inputValue(),
          model: await row.getByLabel(/^Model of/).inputValue(),
          priority: Number(/Priority (\d+)/.exec((await row.textContent()) ?? '')?.[1]),
          timeoutMs: await numberIn(row.getByLabel(/^Timeout of/)),
        });
      }
      return chain;
    },
  },
};

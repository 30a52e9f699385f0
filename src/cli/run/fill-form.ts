import { type CANCEL_SYMBOL, confirm, isCancel, multiselect, select, text } from '@clack/prompts';

import type { FormField, FormValues, FormView } from '#app/use-cases.ts';
import { CliError } from '#cli/cli-error.ts';
import { oneLine } from '#cli/one-line.ts';
import { print } from '#cli/output.ts';
import type { Json } from '#domain/json.ts';

/** Asks for each field of a form. Null: the person would rather not. */
export async function fillForm(form: FormView, given: FormValues): Promise<FormValues | null> {
  if (form.text !== null) print(oneLine(form.text));
  const values: Record<string, Json> = { ...given };
  for (const field of form.fields) {
    if (Object.hasOwn(given, field.id)) continue;
    const value = await ask(field);
    if (isCancel(value)) return null;
    if (value !== '') values[field.id] = value;
  }
  return values;
}

/** The values of a form from what was typed with the command; what is missing is named. */
export function formFromFlags(form: FormView, given: FormValues): FormValues {
  const values: Record<string, Json> = {};
  for (const field of form.fields) {
    const value = Object.hasOwn(given, field.id) ? given[field.id] : undefined;
    if (value !== undefined) values[field.id] = typed(field, value);
  }
  const missing = form.fields.filter(({ id, optional }) => !optional && values[id] === undefined);
  if (missing.length === 0) return values;
  const flags = missing.map((field) => `${flagFor(field)} (${oneLine(field.label)})`);
  throw new CliError(`${oneLine(form.title)}: this needs ${flags.join(', ')}.`);
}

function flagFor({ id }: FormField): string {
  return ['reason', 'note', 'step'].includes(id) ? `--${id}` : `--input ${id}=…`;
}

function typed(field: FormField, value: Json): Json {
  if (typeof value !== 'string') return value;
  if (field.type === 'number') return value.trim() === '' ? value : Number(value);
  if (field.type === 'boolean') return value === 'true';
  if (field.type === 'multiselect') return value.split(',');
  return value;
}

async function ask(field: FormField): Promise<Json | typeof CANCEL_SYMBOL> {
  const hint = field.hint === null ? '' : ` (${oneLine(field.hint)})`;
  const message = `${oneLine(field.label)}${hint}`;
  switch (field.type) {
    case 'boolean':
      return confirm({ message, initialValue: field.initial === true });
    case 'select':
      return select({
        message,
        options: shown(field.options),
        ...(typeof field.initial === 'string' && { initialValue: field.initial }),
      });
    case 'multiselect':
      return multiselect({ message, options: shown(field.options), required: !field.optional });
    case 'number': {
      const answer = await text({ message, validate: (given) => numberProblem(field, given) });
      return isCancel(answer) || answer === '' ? answer : Number(answer);
    }
    case 'people':
    case 'time':
    case 'text': {
      const initial = typeof field.initial === 'string' ? { initialValue: field.initial } : {};
      return text({ message, ...initial, validate: (given) => textProblem(field, given) });
    }
    default:
      return field satisfies never;
  }
}

function shown(options: readonly { value: string; label: string }[]) {
  return options.map(({ value, label }) => ({ value, label: oneLine(label) }));
}

function textProblem({ optional }: FormField, given = ''): string | undefined {
  return !optional && given.trim() === '' ? 'Please write something.' : undefined;
}

function numberProblem(field: FormField, given = ''): string | undefined {
  if (field.optional && given === '') return undefined;
  const fine = given.trim() !== '' && Number.isFinite(Number(given));
  return fine ? undefined : 'Please write a number.';
}

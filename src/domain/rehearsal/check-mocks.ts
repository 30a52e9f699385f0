import { z } from 'zod';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { isJsonArray, type JsonObject } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import { durationText, shape } from '#domain/runbook/kinds/shape.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import { schemaDiagnostics } from '#domain/runbook/schema-diagnostics.ts';
import { nodeAt, type Path } from '#domain/runbook/yaml/yaml-node.ts';

import { badValue, type CaseFile, unknownStep } from './case-file.ts';
import { STATUSES_OF_WRITES } from './mock-forms.ts';
import { forEveryItem } from './mocks.ts';
import type { Mock, RehearsalCase } from './rehearsal-case.ts';

const texts = z.array(z.string()).optional();
const Build = z.union([z.string(), shape({ id: z.string().optional(), build: z.string() })]);
const RollbackPlan = shape({
  from: Build.optional(),
  to: Build.optional(),
  age: durationText.optional(),
  commits: texts,
  files: texts,
  configKeys: texts,
  migrations: texts,
});

/** Each mock is of a step that measures or writes, and holds what such a step can find. */
export function checkMocks(one: CaseFile, mocks: RehearsalCase['mocks']): readonly Diagnostic[] {
  return Object.entries(mocks ?? {}).flatMap(([place, given]) => {
    const path = ['mocks', place];
    const step = stepOfMock(one, place);
    if (step === null) {
      return [unknownStep(one, [path, 'key'], place, mockable(one))];
    }
    const why = whyNone(step, place);
    if (why !== null) return [badValue(one, [path, 'key'], why)];
    return isJsonArray(given)
      ? given.flatMap((mock, index) => checkMock(one, step, mock, [...path, index]))
      : checkMock(one, step, given, path);
  });
}

/** `parent[item].child` is for `foreach` only. */
function stepOfMock({ places }: CaseFile, place: string): Step | null {
  const [, parent = null] = /^([^[]*)\[/.exec(place) ?? [];
  if (parent !== null && places.get(parent)?.foreach == null) return null;
  return places.get(forEveryItem(place)) ?? null;
}

function mockable({ places }: CaseFile): readonly string[] {
  return [...places].flatMap(([place, step]) => (whyNone(step, place) === null ? [place] : []));
}

function whyNone({ uses, steps }: Step, place: string): string | null {
  if (uses === 'parallel') {
    const children = steps.map(({ id }) => `${place}.${id}`).join(', ');
    return `mock what runs in it instead: ${children}`;
  }
  const role = kindOf(uses)?.role;
  if (role === 'person') return `${uses} takes no mock: people answer it, under \`people\``;
  if (role === 'tell') return `${uses} takes no mock: it reaches nothing but people`;
  return null;
}

function checkMock(one: CaseFile, step: Step, mock: Mock, path: Path): readonly Diagnostic[] {
  const schema = mockSchemaOf(step.uses);
  if (schema === null) return [];
  const found = problems(one, schema, mock, path);
  const { error } = mock;
  const isPart = kindOf(step.uses)?.role === 'write' || 'error' in resultKeys(step.uses);
  if (error === undefined || isPart || Object.keys(mock).length === 1) return found;
  const why = 'error stands alone: a measurement that failed has found nothing else';
  return [...found, badValue(one, [[...path, 'error'], 'key'], why)];
}

const schemas = new Map<string, z.ZodType | null>();

/** The result of a kind and what else its mocks can say; made once, since making it is what costs. */
function mockSchemaOf(uses: string): z.ZodType | null {
  const known = schemas.get(uses);
  if (known !== undefined) return known;
  const kind = kindOf(uses);
  const forms = kind?.role === 'write' ? formsOfWrite(uses) : { error: z.string() };
  const schema = kind === null ? null : shape({ ...forms, ...resultKeys(uses), ...statusOf(uses) });
  schemas.set(uses, schema);
  return schema;
}

function resultKeys(uses: string): z.ZodRawShape {
  const result = kindOf(uses)?.result;
  return result instanceof z.ZodObject ? result.shape : {};
}

/** What may stand in the mock of a write beside its result. */
function formsOfWrite(uses: string): z.ZodRawShape {
  const plan = uses === 'deploys.rollback' ? RollbackPlan : z.record(z.string(), z.json());
  return {
    error: z.string().optional(),
    lost: z.literal(true).optional(),
    notNeeded: z.literal(true).optional(),
    changed: z.literal(true).optional(),
    plan: plan.optional(),
  };
}

function statusOf(uses: string): z.ZodRawShape {
  return uses === 'deploys.rollback' ? { status: z.enum(STATUSES_OF_WRITES) } : {};
}

/** What is there has to fit; what is left out is left out. */
function problems(
  one: CaseFile,
  schema: z.ZodType,
  value: JsonObject,
  path: Path,
): readonly Diagnostic[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  const base = [...one.base, ...path];
  const isThere = (at: Path) => nodeAt(one.file.root, [...base, ...at]) !== null;
  const issues = parsed.error.issues.filter((issue) => isThere(issue.path));
  return schemaDiagnostics(issues, one.file, base);
}

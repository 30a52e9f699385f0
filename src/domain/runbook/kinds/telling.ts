import { z } from 'zod';

import { PLACE, place, shape } from './shape.ts';
import { noVerdict, type StepKind, TELL_OUTCOMES } from './step-kind.ts';

const text = z.string().min(1);

function telling(name: string, withInputs: z.ZodType, result: z.ZodType): StepKind {
  return {
    name,
    role: 'tell',
    outcomes: TELL_OUTCOMES,
    with: withInputs,
    result,
    inherits: name === 'incident.declare' ? PLACE : [],
    connectionRole: null,
    defaultVerdict: noVerdict,
  };
}

const Incident = shape({ incident: z.string().nullish() });
/** In drills a run may do without the person who confirms. */
const auto = z.boolean().optional().describe('Drills only: without a person to confirm.');

export const tellingKinds: readonly StepKind[] = [
  telling(
    'notify',
    shape({
      to: z.union([text, z.array(text).min(1)]).describe('Channels (`#name`) and groups.'),
      text: text.describe('What they read.'),
    }).describe('Tells channels and groups something.'),
    shape({ posted: z.array(z.string()).nullish() }),
  ),
  telling(
    'incident.declare',
    shape({
      ...place,
      title: text.describe('Title of the incident.'),
      severity: text.optional().describe('A severity of the settings.'),
      auto,
    }).describe('Declares an incident, unless there is one.'),
    Incident,
  ),
  telling(
    'incident.severity',
    shape({ severity: text.describe('A severity of the settings.'), auto }).describe(
      'Sets the severity of the incident.',
    ),
    Incident,
  ),
  telling(
    'incident.update',
    shape({ text: text.describe('The update.'), auto }).describe(
      'Sends an update about the incident.',
    ),
    Incident,
  ),
  telling(
    'incident.resolve',
    shape({
      cause: text.optional().describe('What it was, in a sentence.'),
      followUps: z.array(text).optional().describe('What is to be done later.'),
      auto,
    }).describe('Resolves the incident, after a person confirmed.'),
    Incident,
  ),
];

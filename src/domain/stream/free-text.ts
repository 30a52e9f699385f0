import { isJsonArray, isJsonObject, type Json, type JsonObject } from '#domain/json.ts';

import type { StreamEvent } from './stream.ts';

/**
 * Where in an event anything may stand: what people typed, what targets answered, what runbooks made
 * of both. The rest are ids, kinds and times, by which an event is understood. `*` is each of a list.
 */
const free: Readonly<Record<StreamEvent['type'], readonly string[]>> = {
  RunStarted: ['inputs', 'alert'],
  RunBegan: [],
  StepEntered: ['draft', 'activities.*.item'],
  PositionSet: ['texts'],
  Measured: ['with', 'summary', 'measurement.result', 'measurement.summary', 'measurement.message'],
  SeriesObserved: ['series.message'],
  StepFinished: ['finding', 'outputs', 'result', 'texts'],
  PlanComputed: ['plan.plan', 'plan.message'],
  ApprovalRequested: [],
  Approved: ['texts'],
  Rejected: ['texts'],
  GlassBroken: ['texts'],
  PlanDropped: ['reason'],
  WriteStarted: [],
  WriteProgressed: ['message'],
  WriteFailed: ['message'],
  Chosen: ['texts'],
  Answered: ['values', 'texts'],
  MarkedDone: ['texts'],
  Confirmed: ['texts'],
  Escalated: [],
  Told: ['text'],
  RunEnded: ['texts'],
  IncidentDeclared: ['alert.labels', 'texts'],
  SuggestionTaken: [],
  SuggestionDismissed: [],
  ChannelOpened: [],
  ProblemNoted: ['message'],
  ProblemSolved: ['message'],
  AlertChanged: ['alerts.*.labels', 'alerts.*.summary'],
  NoteAdded: ['source.files.*.name', 'texts'],
  PictureKept: [],
  NoteChanged: ['texts'],
  NoteWithdrawn: [],
  SeverityChanged: [],
  RoleAssigned: ['handover.open', 'texts'],
  RoleGivenBack: [],
  Followed: [],
  Unfollowed: [],
  PersonJoined: [],
  PersonLeft: [],
  PeopleInvited: [],
  UpdatePosted: ['texts'],
  UpdateAsked: [],
  ReminderAnswered: [],
  MomentSet: ['texts'],
  IncidentResolved: ['followUps', 'texts'],
  ChannelArchived: [],
  IncidentMerged: [],
  MergeFinished: [],
  IncidentAbsorbed: ['texts'],
  FindingsBrought: ['findings.*.title', 'findings.*.finding'],
  IncidentReopened: ['texts'],
  PostMortemRequested: [],
  PostMortemExported: [],
  PostMortemFailed: ['message'],
  TextsRedacted: [],
};

export type Path = readonly (string | number)[];

/**
 * The event with each free text of it, wherever it is nested, as `change` wants it; with `changeName` the names
 * of what is nested, which are often a target's.
 */
export function mapFreeText(
  event: JsonObject,
  change: (text: string, path: Path) => Json,
  changeName: (name: string) => string = (name) => name,
): JsonObject {
  const places: Readonly<Record<string, readonly string[] | undefined>> = free;
  const type = event['type'];
  const found = typeof type === 'string' ? (places[type] ?? []) : [];
  let changed: Json = event;
  for (const place of found) changed = mapAt(changed, place.split('.'), [], { change, changeName });
  return isJsonObject(changed) ? changed : event;
}

type Change = {
  change: (text: string, path: Path) => Json;
  changeName: (name: string) => string;
};

function mapAt(value: Json, [key, ...rest]: readonly string[], path: Path, change: Change): Json {
  if (key === undefined) return mapAll(value, path, change);
  if (key === '*') {
    return isJsonArray(value)
      ? value.map((item, index) => mapAt(item, rest, [...path, index], change))
      : value;
  }
  if (!isJsonObject(value)) return value;
  const member = value[key];
  if (member === undefined) return value;
  return { ...value, [key]: mapAt(member, rest, [...path, key], change) };
}

function mapAll(value: Json, path: Path, change: Change): Json {
  if (typeof value === 'string') return change.change(value, path);
  if (isJsonArray(value)) {
    return value.map((item, index) => mapAll(item, [...path, index], change));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      change.changeName(key),
      mapAll(item, [...path, key], change),
    ]),
  );
}

import facts from './methods.json' with { type: 'json' };

/** What Slack's reference says of a method. Of several scopes any one will do. */
export type MethodFacts = {
  token: 'bot' | 'app' | 'none';
  scopes: readonly string[];
  tier: number;
  required: readonly string[];
};

const known = new Map<string, Omit<MethodFacts, 'token'> & { token: string }>(
  Object.entries(facts),
);

export function methodFacts(method: string): MethodFacts | undefined {
  const found = known.get(method);
  if (found === undefined) return undefined;
  const token = found.token === 'app' || found.token === 'none' ? found.token : 'bot';
  return { ...found, token };
}

/** Every scope that some method asks for, and those that reading people's events and files needs. */
export function allScopes(): readonly string[] {
  const listed = [...known.values()].flatMap((method) => method.scopes);
  return [
    ...new Set([...listed, 'app_mentions:read', 'commands', 'files:read', 'reactions:read']),
  ].toSorted();
}

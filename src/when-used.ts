/** Every method answers with a promise, so that nobody can tell when it was loaded. */
type Port<Of> = { [Name in keyof Of]: (...given: never[]) => Promise<unknown> };

/**
 * A port whose adapter is loaded when it is first called: a command waits for all that is loaded, and
 * most of them reach one or two of the things that could be reached.
 */
export function whenUsed<Of extends Port<Of>>(load: () => Promise<Of>): Of;
export function whenUsed(load: () => Promise<object>): object {
  let loading: Promise<object> | null = null;
  const call = async (name: string, given: unknown[]): Promise<unknown> => {
    loading ??= load();
    const adapter = await loading;
    return Reflect.apply(Reflect.get(adapter, name), adapter, given);
  };
  return new Proxy(
    {},
    {
      // Whoever awaits it asks whether it is a promise.
      get: (_nothing, name) =>
        typeof name === 'symbol' || name === 'then'
          ? undefined
          : (...given: unknown[]) => call(name, given),
    },
  );
}

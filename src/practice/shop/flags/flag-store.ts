/** `true` sends every payment through gateway B. */
export const GATEWAY_A_OFF = 'gateway-a-off';

export type FlagState = { value: boolean; updatedAt: string | null; updatedBy: string | null };

/** The flags of one environment, read by the checkout at each order. */
export type FlagStore = {
  find(flag: string): FlagState | undefined;
  set(flag: string, value: boolean): void;
  all(): Readonly<Record<string, FlagState>>;
  isOn(flag: string): boolean;
  /** As practice began. */
  startAnew(): void;
};

export function createFlagStore(now: () => Date): FlagStore {
  const flags = new Map<string, FlagState>();
  function startAnew(): void {
    flags.set(GATEWAY_A_OFF, { value: false, updatedAt: null, updatedBy: null });
  }
  startAnew();

  return {
    startAnew,
    all: () => Object.fromEntries(flags),
    find: (flag) => flags.get(flag),
    set(flag, value) {
      flags.set(flag, { value, updatedAt: now().toISOString(), updatedBy: 'flags-api' });
    },
    isOn: (flag) => flags.get(flag)?.value ?? false,
  };
}

/** `true` sends every payment through gateway B. */
export const GATEWAY_A_OFF = 'gateway-a-off';

export type FlagState = { value: boolean; updatedAt: string | null; updatedBy: string | null };

/** The flags of one environment, read by the checkout at each order. */
export type FlagStore = {
  find(flag: string): FlagState | undefined;
  set(flag: string, value: boolean): void;
  isOn(flag: string): boolean;
};

export function createFlagStore(now: () => Date): FlagStore {
  const flags = new Map<string, FlagState>([
    [GATEWAY_A_OFF, { value: false, updatedAt: null, updatedBy: null }],
  ]);
  return {
    find: (flag) => flags.get(flag),
    set(flag, value) {
      flags.set(flag, { value, updatedAt: now().toISOString(), updatedBy: 'flags-api' });
    },
    isOn: (flag) => flags.get(flag)?.value ?? false,
  };
}

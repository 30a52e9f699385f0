/** One thing that was looked at. `notSet`: it is left out, and that may be meant so. */
export type Finding = { area: string; status: 'ok' | 'problem' | 'notSet'; text: string };

/** Looks at everything that the product needs, and changes nothing. */
export interface SelfCheck {
  run(): Promise<readonly Finding[]>;
}

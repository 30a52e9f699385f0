const TELLING =
  /secret|token|passw|pwd|api_?key|private|credential|auth|signature|salt|dsn|(?:^|[_.-])key$/i;

/** Whether a key's name says that its value is one: `PAYMENT_GATEWAY_API_KEY`, `db.password`. */
export function looksSecret(key: string): boolean {
  return TELLING.test(key);
}

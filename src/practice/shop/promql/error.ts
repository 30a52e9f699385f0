/** `bad_data`: the query makes no sense (400). `execution`: the data does not fit it (422). */
export class PromqlError extends Error {
  override readonly name = 'PromqlError';
  readonly type: 'bad_data' | 'execution';

  constructor(type: PromqlError['type'], message: string) {
    super(message);
    this.type = type;
  }
}

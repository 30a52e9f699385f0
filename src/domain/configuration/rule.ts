import { z } from 'zod';

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item.transform((one) => [one]), z.array(item)]);

export const UrlRule = z.object({
  scheme: oneOrMore(z.string()).optional(),
  host: oneOrMore(z.string()).optional(),
  port: oneOrMore(z.int()).optional(),
  path: z.string().optional(),
  notMatching: z.string().optional(),
});
export type UrlRule = z.infer<typeof UrlRule>;

/** What one key of a configuration must be; `resolves` and `reachable` are found out live. */
export const Rule = z.object({
  required: z.boolean().optional(),
  type: z.enum(['string', 'integer', 'number', 'boolean']).optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  secret: z.boolean().optional(),
  url: UrlRule.optional(),
  resolves: z.boolean().optional(),
  reachable: z.boolean().optional(),
});
export type Rule = z.infer<typeof Rule>;

export type Violation = { key: string; rule: string; message: string };

/** The parts of a URL as a WHATWG parser reads them; `port` is filled in from the scheme. */
export type UrlParts = { scheme: string; host: string; port: number; path: string; href: string };
export type ParseUrl = (text: string) => UrlParts | null;
